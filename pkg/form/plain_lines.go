package form

import (
	"context"
	"errors"
)

// ErrLeft says that somebody left at a prompt, with q or an interrupt.
var ErrLeft = errors.New("left at a prompt")

// Say writes a text that somebody else may have written.
func (p *Plain) Say(text string) { p.say(oneLine(text)) }

// Choose puts a question outside of an interview and returns the position of
// what was chosen of at least one choice. Nothing is chosen for anybody: an
// empty line is asked again, and the end of input is io.ErrUnexpectedEOF.
func (p *Plain) Choose(ctx context.Context, ask string, choices []string) (int, error) {
	p.say("")
	p.say(oneLine(ask))
	clean := make([]string, len(choices))
	for i, c := range choices {
		clean[i] = oneLine(c)
	}
	n, err := p.choose(ctx, clean, false)
	switch {
	case errors.Is(err, errInterrupted), err == nil && n == chosenQuit:
		return 0, ErrLeft
	case err != nil:
		return 0, err
	}
	return n - 1, nil
}

// Line asks for a line of text, again and again until problem has nothing to
// say against it. The end of input is io.ErrUnexpectedEOF.
func (p *Plain) Line(ctx context.Context, ask string, problem func(text string) string) (string, error) {
	p.say("")
	p.say(oneLine(ask))
	for {
		text, err := p.read(ctx, "Answer: ")
		switch {
		case errors.Is(err, errInterrupted), err == nil && text == "q":
			return "", ErrLeft
		case err != nil:
			return "", err
		}
		objection := problem(text)
		if objection == "" {
			return text, nil
		}
		p.problem(objection)
	}
}
