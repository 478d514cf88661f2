package interview

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// script is a prompter that does what it is told and writes down what it was
// shown. A step is "back", "forward", "quit", "finish", "on", "stay",
// "discard", "save FILE", "items", "total", "not used", "same" to confirm last
// time's answer, or an answer, which may
// name its question so that a wrong order fails: "suicide=plan". At its end the
// input ends.
type script struct {
	steps []string
	log   strings.Builder
}

func (s *script) step() (string, error) {
	if len(s.steps) == 0 {
		return "", io.EOF
	}
	step := s.steps[0]
	s.steps = s.steps[1:]
	fmt.Fprintf(&s.log, " <- %s\n", step)
	return step, nil
}

func (s *script) Ask(_ context.Context, p Prompt) (Reply, error) {
	id := p.Pack.Slots[p.Slot].ID
	fmt.Fprintf(&s.log, "%s", id)
	if p.ChooseMethod {
		fmt.Fprintf(&s.log, " how (%d)", p.Method)
	} else if p.Value != pack.Missing {
		fmt.Fprintf(&s.log, " (%s)", p.Pack.FormatAnswer(p.Slot, p.Value))
	}
	s.last(p)
	if p.Problem != "" {
		fmt.Fprintf(&s.log, " !%s!", p.Problem)
	}
	fmt.Fprintf(&s.log, " %s", panelText(p.Panel))
	step, err := s.step()
	if err != nil {
		return Reply{}, err
	}
	switch step {
	case "back":
		return Reply{Action: Back}, nil
	case "forward":
		return Reply{Action: Forward}, nil
	case "quit":
		return Reply{Action: Quit}, nil
	case "same":
		return Reply{Action: Confirm}, nil
	case "items", "total", "not used":
		return Reply{Method: map[string]Method{"items": ByItems, "total": ByTotal, "not used": NotUsed}[step]}, nil
	case "nonsense":
		return Reply{Value: 99}, nil
	}
	return s.answer(p, id, step)
}

// last writes what was answered last time: "{none}", "{none, afresh}" where it
// cannot be confirmed, and "{}" where it was not asked.
func (s *script) last(p Prompt) {
	switch l := p.Last; {
	case l == nil:
	case l.Value == pack.Missing:
		s.log.WriteString(" {}")
	default:
		fmt.Fprintf(&s.log, " {%s", p.Pack.FormatAnswer(p.Slot, l.Value))
		if !l.Confirm {
			s.log.WriteString(", afresh")
		}
		s.log.WriteString("}")
	}
}

func (s *script) answer(p Prompt, id, step string) (Reply, error) {
	if q, text, ok := strings.Cut(step, "="); ok {
		if q != id {
			return Reply{}, fmt.Errorf("asked %s, the script answers %s", id, q)
		}
		step = text
	}
	v, err := p.Pack.ParseAnswer(p.Slot, step)
	return Reply{Value: v}, err
}

func (s *script) Pause(_ context.Context, p Pause) (PauseReply, error) {
	fmt.Fprintf(&s.log, "PAUSE %s more %d %s", [...]string{"determined", "undetermined", "emergency"}[p.Reason], p.More, panelText(p.Panel))
	step, err := s.step()
	action, ok := map[string]PauseAction{"finish": Finish, "on": GoOn, "back": PauseBack, "quit": PauseQuit}[step]
	if err == nil && !ok {
		err = fmt.Errorf("a pause, and the script says %s", step)
	}
	return PauseReply{Action: action}, err
}

func (s *script) Leave(_ context.Context, l Leave) (LeaveReply, error) {
	fmt.Fprintf(&s.log, "LEAVE answered %d kept %q suggest %q problem %q", l.Answered, l.Kept, l.Suggest, l.Problem)
	step, err := s.step()
	if file, ok := strings.CutPrefix(step, "save "); ok {
		return LeaveReply{Action: Save, File: file}, err
	}
	action, ok := map[string]LeaveAction{"stay": Stay, "discard": Discard}[step]
	if err == nil && !ok {
		err = fmt.Errorf("leaving, and the script says %s", step)
	}
	return LeaveReply{Action: action}, err
}

// panelText is the panel in short: levels still possible, criteria that hold,
// asked and remaining.
func panelText(p Panel) string {
	var b strings.Builder
	b.WriteString("[")
	for _, l := range p.Levels {
		if l.Possible {
			b.WriteString(l.Level.ID[:1])
		}
	}
	for _, c := range p.Holds {
		b.WriteString(" " + c.ID)
	}
	for _, n := range p.Notes {
		b.WriteString(" !" + n.ID)
	}
	fmt.Fprintf(&b, " %d+%d]", p.Asked, p.Remaining)
	return b.String()
}
