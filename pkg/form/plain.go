package form

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/carelevel/carelevel/pkg/interview"
	"github.com/carelevel/carelevel/pkg/pack"
)

// PlainOptions say how a Plain asks.
type PlainOptions struct {
	In  io.Reader // one line is taken from it per answer; a *bufio.Reader is used as it is
	Out io.Writer // the prompts

	// Interrupt makes a prompt offer to leave, as Ctrl+C does on a full screen.
	// Nil: nothing does.
	Interrupt <-chan os.Signal

	Width int // columns at which texts are broken; 0 is 80
}

// Plain is a prompter that writes and reads line by line, without colour,
// cursor movement or redrawing, for screen readers, dumb terminals and pipes.
//
// It is not huh's accessible mode, which takes the first option at the end of
// input, reads more than its line, and asks what was hidden.
type Plain struct {
	out     io.Writer
	lines   lines
	width   int
	section *pack.Section // the last one whose title was written
	begun   bool
}

// NewPlain returns a prompter for opts.
func NewPlain(opts PlainOptions) *Plain {
	in, ok := opts.In.(*bufio.Reader)
	if !ok {
		in = bufio.NewReader(opts.In)
	}
	p := &Plain{out: opts.Out, lines: lines{in: in, interrupt: opts.Interrupt}, width: opts.Width}
	if p.width <= 0 {
		p.width = 80
	}
	return p
}

// Ask puts a question; see interview.Prompter.
func (p *Plain) Ask(ctx context.Context, q interview.Prompt) (interview.Reply, error) {
	p.introduce(q)
	p.standing(q.Panel)
	p.question(q)
	p.problem(q.Problem)
	for {
		text, err := p.read(ctx, "Answer: ")
		if errors.Is(err, errInterrupted) {
			return interview.Reply{Action: interview.Quit}, nil
		}
		if err != nil {
			return interview.Reply{}, err
		}
		if text == "?" {
			p.help(q)
			continue
		}
		reply, problem := readReply(q, text)
		if problem != "" {
			p.problem(problem)
			continue
		}
		if reply.Action == interview.Answer || reply.Action == interview.Confirm {
			p.echo(q, reply)
		}
		return reply, nil
	}
}

// Pause shows where the interview stands; see interview.Prompter. It only
// asks where there is something to choose, so that an emergency ends at once.
func (p *Plain) Pause(ctx context.Context, s interview.Pause) (interview.PauseReply, error) {
	w := wordsOf(s)
	p.say("")
	p.say(strings.ToUpper(w.title[:1]) + w.title[1:])
	p.say(w.body)
	if s.Reason != interview.Undetermined {
		for _, c := range s.Panel.Holds {
			if c.Level == s.Level {
				p.hang("- ", oneLine(c.Because))
			}
		}
	}
	p.problem(s.Problem)
	if w.goOn == "" {
		return interview.PauseReply{Action: interview.Finish}, nil
	}
	choices := []string{w.finish, w.goOn}
	n, err := p.choose(ctx, choices, s.CanBack)
	switch {
	case errors.Is(err, errInterrupted):
		return interview.PauseReply{Action: interview.PauseQuit}, nil
	case err != nil:
		return interview.PauseReply{}, err
	}
	return interview.PauseReply{Action: map[int]interview.PauseAction{0: interview.PauseBack, 1: interview.Finish, 2: interview.GoOn, chosenQuit: interview.PauseQuit}[n]}, nil
}

// Leave asks what to do with the answers; see interview.Prompter.
func (p *Plain) Leave(ctx context.Context, l interview.Leave) (interview.LeaveReply, error) {
	p.say("")
	p.say("Leave the interview?")
	p.problem(l.Problem)
	leave := interview.LeaveReply{Action: interview.Discard}
	choices, replies := []string{"Go on with the interview"}, []interview.LeaveReply{{Action: interview.Stay}}
	last, other := "Leave without saving", 0
	switch {
	case l.Answered == 0:
		p.say("Nothing has been answered yet.")
		last = "Leave"
	case l.Kept != "":
		p.say("The answers are kept in " + oneLine(l.Kept) + ".")
		last = "Leave"
	case l.Suggest != "":
		choices = append(choices, "Save to "+oneLine(l.Suggest)+" and leave", "Save to another file and leave")
		replies = append(replies, interview.LeaveReply{Action: interview.Save, File: l.Suggest}, interview.LeaveReply{})
		other = len(choices)
	}
	choices, replies = append(choices, last), append(replies, leave)
	n, err := p.choose(ctx, choices, false)
	switch {
	case errors.Is(err, errInterrupted) || n == chosenQuit:
		return leave, nil
	case err != nil:
		return interview.LeaveReply{}, err
	case n == other:
		return p.fileName(ctx)
	}
	return replies[n-1], nil
}

func (p *Plain) fileName(ctx context.Context) (interview.LeaveReply, error) {
	name, err := p.read(ctx, "Name of a new file, or an empty line to go on: ")
	switch {
	case errors.Is(err, errInterrupted) || err == nil && name == "":
		return interview.LeaveReply{Action: interview.Stay}, nil
	case err != nil:
		return interview.LeaveReply{}, err
	}
	return interview.LeaveReply{Action: interview.Save, File: name}, nil
}

// chosenQuit is choose's answer for q.
const chosenQuit = -1

// choose asks for one of the choices, from 1, or 0 for back.
func (p *Plain) choose(ctx context.Context, choices []string, canBack bool) (int, error) {
	for i, c := range choices {
		p.hang(fmt.Sprintf("  %d) ", i+1), c)
	}
	if canBack {
		p.hang("  b) ", "Back to the last answer")
	}
	for {
		text, err := p.read(ctx, "Choice: ")
		if err != nil {
			return 0, err
		}
		switch text = strings.ToLower(text); {
		case text == "b" && canBack:
			return 0, nil
		case text == "q":
			return chosenQuit, nil
		}
		if n, ok := number(text); ok && n >= 1 && n <= len(choices) {
			return n, nil
		}
		p.problem(fmt.Sprintf("%q is none of the choices; expected a number from 1 to %d", oneLine(text), len(choices)))
	}
}

// read writes a prompt and reads one line.
func (p *Plain) read(ctx context.Context, prompt string) (string, error) {
	if _, err := io.WriteString(p.out, prompt); err != nil {
		return "", err
	}
	text, err := p.lines.next(ctx)
	if errors.Is(err, errInterrupted) || errors.Is(err, io.ErrUnexpectedEOF) {
		fmt.Fprintln(p.out)
	}
	return text, err
}

// say writes a text that is fit for a terminal, broken into lines.
func (p *Plain) say(text string) { p.hang("", text) }

func (p *Plain) hang(mark, text string) {
	if text == "" {
		fmt.Fprintln(p.out)
		return
	}
	for _, l := range hang(mark, text, p.width) {
		fmt.Fprintln(p.out, l)
	}
}

func (p *Plain) problem(text string) {
	if text != "" {
		p.hang("! ", oneLine(text))
	}
}
