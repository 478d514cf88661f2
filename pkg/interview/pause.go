package interview

import (
	"context"
	"slices"
)

// pause stops where nothing has to be asked and follows the reply. It returns
// whether there is something to ask after all.
func (s *session) pause(ctx context.Context) (found bool, err error) {
	p := s.pausePoint()
	reply, err := s.prompter.Pause(ctx, p)
	if err != nil {
		return false, err
	}
	s.problem = ""
	switch reply.Action {
	case PauseQuit:
		return false, s.leave(ctx)
	case PauseBack:
		return s.back(), nil
	case GoOn:
		if p.More == 0 {
			return false, nil
		}
		return s.goOn(p), nil
	}
	s.ended = true
	s.end = map[Reason]End{Determined: EndDetermined, Undetermined: EndUndetermined, Emergency: EndEmergency}[p.Reason]
	return false, nil
}

func (s *session) pausePoint() Pause {
	r := s.recommend(s.answers)
	p := Pause{Pack: s.pack, Level: r.Level, CanBack: s.previous(s.at) >= 0, Problem: s.problem, Panel: s.panel()}
	switch {
	case r.Level == nil:
		p.Reason, p.Open = Undetermined, r.Deciding
	case r.Level.Emergency:
		p.Reason = Emergency
	default:
		p.Reason, p.Open = Determined, s.fresh(s.details(s.answers, r.Level))
	}
	p.More = len(p.Open)
	return p
}

// goOn begins with the details of the level, or goes back to the first of the
// questions that keep it open.
func (s *session) goOn(p Pause) bool {
	if p.Reason == Determined {
		s.detail = p.Level
		return s.next()
	}
	for i, place := range s.trail {
		if place.q == p.Open[0] {
			s.at, s.cur = i, place
			return true
		}
	}
	s.cur, s.at = firstPlace(p.Open[0]), len(s.trail)
	return true
}

// leave asks what to do with the answers until that is done, or the person
// stays.
func (s *session) leave(ctx context.Context) error {
	l := Leave{Answered: s.asked(), Kept: s.opts.Draft, Pack: s.pack, Panel: s.panel()}
	if s.opts.Draft != "" && s.draftErr != nil {
		l.Problem, l.Kept = "the draft was not saved: "+s.draftErr.Error(), ""
	}
	if l.Kept == "" && s.opts.SaveAs != nil {
		l.Suggest = s.opts.Suggest
	}
	for {
		reply, err := s.prompter.Leave(ctx, l)
		if err != nil {
			return err
		}
		switch {
		case reply.Action == Stay:
			return nil
		case reply.Action == Discard:
			s.ended = true
			return nil
		case s.opts.SaveAs == nil || reply.File == "":
			l.Problem = "there is no file to save to"
		default:
			if err := s.opts.SaveAs(reply.File, slices.Clone(s.answers)); err != nil {
				l.Problem = err.Error()
				continue
			}
			s.saved, s.ended, s.draftErr = reply.File, true, nil
			return nil
		}
	}
}
