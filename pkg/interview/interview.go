// Package interview decides which question comes next: safety first, only
// those that can still matter, back and forth with nothing lost.
//
// It knows a Prompter and no terminal, and it is sequential: one question is
// put, one reply is taken. It refuses to answer for anybody: a question that
// is skipped stays unanswered, the end of input is an error, and only a reply
// changes an answer.
package interview

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Options say how an interview is held. The zero value asks what is needed
// from the beginning and keeps no draft.
type Options struct {
	Start pack.Answers // what is answered already; not asked again, but can be gone back to. It is not changed
	All   bool         // ask every question, also those that cannot change the result
	Order engine.Order // of the questions that can

	Review *Review // makes it the next assessment of the same person; nil: it stands alone

	// AfterAnswer keeps a draft. It gets every new state of the answers, which
	// it must not change. An error is shown and the interview goes on: nothing
	// is lost as long as it does. It may be nil.
	AfterAnswer func(pack.Answers) error
	Draft       string // the name of the file in which AfterAnswer keeps them; empty if there is none

	// SaveAs keeps the answers of somebody who leaves where there is no Draft.
	// Nil: that is not offered.
	SaveAs  func(file string, a pack.Answers) error
	Suggest string // the file name offered for it
}

// End is how an interview came to its end.
type End int

// The ends.
const (
	EndDetermined   End = iota // one level is left
	EndUndetermined            // several are left, and what decides was not assessed
	EndEmergency               // a level that needs action at once
	EndInterrupted             // the person left, or it broke off with an error
)

// Outcome is what came of an interview. Its answers are all that were given,
// whatever its end.
type Outcome struct {
	Answers     pack.Answers
	End         End
	Asked       int    // questions put, an instrument counting as one
	Questions   int    // questions that the pack has
	NotAssessed int    // of those asked, how many were left open
	Confirmed   int    // of those asked, how many were confirmed as last time
	Saved       string // the file that was chosen on leaving; empty if none was
	SaveErr     error  // the draft does not hold the last answers, and why
}

// InputEndedError says that the input ended before the interview did. No
// answer was made of it.
type InputEndedError struct {
	Question *pack.Question // what was being asked; nil if it was no question
	Asked    int            // questions put before
	Err      error          // io.ErrUnexpectedEOF
}

// Error says where the input ended: lower case, no full stop.
func (e *InputEndedError) Error() string {
	where := fmt.Sprintf("after %d questions", e.Asked)
	if e.Question != nil {
		where += fmt.Sprintf(", at %q", e.Question.ID)
	}
	return "the input ended in the middle of the interview, " + where + ": an answer is missing and none was made up"
}

// Unwrap returns io.ErrUnexpectedEOF.
func (e *InputEndedError) Unwrap() error { return e.Err }

// Run holds an interview. The outcome is good with an error, too: it holds
// whatever was answered. The error is an *InputEndedError, ctx's, or the
// prompter's.
func Run(ctx context.Context, e *engine.Engine, p Prompter, opts Options) (Outcome, error) {
	s, err := newSession(e, p, opts)
	if err != nil {
		return Outcome{End: EndInterrupted}, err
	}
	err = s.run(ctx)
	return s.outcome(), err
}

// session is one interview under way.
type session struct {
	engine   *engine.Engine
	pack     *pack.Pack
	prompter Prompter
	opts     Options
	said     map[string]*engine.Recommendation // by answers; see recommend

	answers pack.Answers   // everything answered, also what does not matter at present
	aside   pack.Answers   // an instrument's answers under the method that is not in use
	methods map[int]Method // how instruments are answered, by question index

	anew      map[*pack.Question]bool // see askedAnew; nil where this is no review
	confirmed map[int]bool            // slots whose answer was confirmed as last time

	trail []place // what was answered, in the order of asking
	at    int     // where cur stands in trail, or would be put
	cur   place   // what is being asked

	detail   *pack.Level // the level whose details the person chose to fill in
	end      End
	ended    bool
	problem  string
	saved    string
	draftErr error
}

func newSession(e *engine.Engine, p Prompter, opts Options) (*session, error) {
	s := &session{engine: e, pack: e.Pack(), prompter: p, opts: opts, methods: map[int]Method{}, confirmed: map[int]bool{}, said: map[string]*engine.Recommendation{}, end: EndInterrupted}
	s.answers, s.aside = s.pack.NewAnswers(), s.pack.NewAnswers()
	if opts.Start != nil {
		if len(opts.Start) != len(s.answers) {
			return nil, fmt.Errorf("answers to %d questions and items, but the rules %s have %d", len(opts.Start), s.pack.ID, len(s.answers))
		}
		copy(s.answers, opts.Start)
	}
	if err := s.checkReview(); err != nil {
		return nil, err
	}
	if opts.Review != nil {
		s.anew = askedAnew(s.pack)
	}
	s.retrace()
	return s, nil
}

func (s *session) run(ctx context.Context) error {
	s.at = len(s.trail)
	for found := s.next(); !s.ended; {
		if err := ctx.Err(); err != nil {
			return err
		}
		var err error
		if found {
			found, err = s.ask(ctx)
		} else {
			found, err = s.pause(ctx)
		}
		if err != nil {
			return s.inputEnded(err, found)
		}
	}
	return nil
}

// inputEnded gives the end of input a type of its own.
func (s *session) inputEnded(err error, asking bool) error {
	if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	e := &InputEndedError{Asked: s.asked(), Err: io.ErrUnexpectedEOF}
	if asking {
		e.Question = s.cur.q
	}
	return e
}

// ask puts the present question and follows the reply. It returns whether
// there is another one to put.
func (s *session) ask(ctx context.Context) (found bool, err error) {
	reply, err := s.prompter.Ask(ctx, s.prompt())
	if err != nil {
		return true, err
	}
	s.problem = ""
	switch reply.Action {
	case Quit:
		return true, s.leave(ctx)
	case Back:
		s.back()
		return true, nil
	case Forward:
		if !s.placed() {
			return true, nil
		}
		s.at++
		return s.next(), nil
	case Confirm:
		last := s.lastTime(s.cur)
		if last == nil || !last.Confirm {
			s.problem = "there is nothing to confirm: answer it afresh"
			return true, nil
		}
		reply.Value = last.Value
	}
	if s.problem = s.refuse(reply); s.problem != "" {
		return true, nil
	}
	s.take(reply)
	s.keep()
	return s.next(), nil
}

// refuse says why a reply cannot be an answer; empty if it can.
func (s *session) refuse(r Reply) string {
	if s.cur.method {
		if r.Method < ByItems || r.Method > NotUsed {
			return "choose how to answer it, or that it was not assessed"
		}
		return ""
	}
	slot := s.pack.Slots[s.cur.slot]
	if r.Value != pack.NotAssessed && (r.Value < slot.Min || r.Value > slot.Max) {
		return "that is not one of the answers"
	}
	return ""
}

// take records an answer and where in the interview it was given.
func (s *session) take(r Reply) {
	if !s.placed() {
		s.trail = slices.DeleteFunc(s.trail, func(p place) bool { return p == s.cur })
		s.at = min(s.at, len(s.trail))
		s.trail = slices.Insert(s.trail, s.at, s.cur)
	}
	if s.cur.method {
		s.choose(s.cur.q, r.Method)
	} else {
		s.answers[s.cur.slot] = r.Value
		s.confirmed[s.cur.slot] = r.Action == Confirm
	}
	s.at++
}

// keep hands the answers to the draft.
func (s *session) keep() {
	if s.opts.AfterAnswer == nil {
		return
	}
	if s.draftErr = s.opts.AfterAnswer(slices.Clone(s.answers)); s.draftErr != nil {
		s.problem = "the draft was not saved: " + s.draftErr.Error()
	}
}

// recommend remembers: at every step all that was asked before is looked at
// again, and most of it has not changed.
func (s *session) recommend(a pack.Answers) *engine.Recommendation {
	key := fmt.Sprint(a)
	r, ok := s.said[key]
	if !ok {
		r = s.engine.RecommendBy(s.opts.Order, a)
		s.said[key] = r
	}
	return r
}

func (s *session) prompt() Prompt {
	p := Prompt{
		Pack: s.pack, Question: s.cur.q, Slot: s.cur.slot,
		ChooseMethod: s.cur.method, Method: s.methods[s.cur.q.Index], Value: s.answers[s.cur.slot],
		CanBack: s.previous(s.at) >= 0, CanForward: s.placed(), Problem: s.problem,
		Last: s.lastTime(s.cur), Panel: s.panel(),
	}
	if s.cur.method {
		p.Value = pack.Missing
	}
	return p
}

func (s *session) outcome() Outcome {
	o := Outcome{Answers: s.answers, End: s.end, Asked: s.asked(), Questions: len(s.pack.Questions), Saved: s.saved, SaveErr: s.draftErr}
	for _, q := range s.pack.Questions {
		if s.put(q) && !s.known(q) {
			o.NotAssessed++
		}
		if s.confirmed[q.Slot] {
			o.Confirmed++
		}
	}
	return o
}
