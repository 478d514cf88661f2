package form

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestChooseAndLine(t *testing.T) {
	var out strings.Builder
	p := NewPlain(PlainOptions{In: strings.NewReader("\n3\n2\n\nx\x1b[2J\nnurse\nq\nQ\n"), Out: &out})
	ctx := context.Background()
	short := func(text string) string {
		switch {
		case text == "":
			return "an empty line is no answer"
		case strings.ContainsRune(text, 0x1b):
			return "found " + text
		}
		return ""
	}
	if n, err := p.Choose(ctx, "Which?\x1b[2J", []string{"one", "two\x1b[2J"}); n != 1 || err != nil {
		t.Errorf("chose %d, %v", n, err)
	}
	if text, err := p.Line(ctx, "Who?", short); text != "nurse" || err != nil {
		t.Errorf("read %q, %v", text, err)
	}
	if _, err := p.Line(ctx, "Who?", short); !errors.Is(err, ErrLeft) {
		t.Errorf("q gives %v", err)
	}
	if _, err := p.Choose(ctx, "Which?", []string{"one"}); !errors.Is(err, ErrLeft) {
		t.Errorf("Q gives %v", err)
	}
	_, choose := p.Choose(ctx, "Which?", []string{"one"})
	_, line := p.Line(ctx, "Who?", short)
	if !errors.Is(choose, io.ErrUnexpectedEOF) || !errors.Is(line, io.ErrUnexpectedEOF) {
		t.Errorf("the end of input gives %v and %v", choose, line)
	}
	want := `
Which?‹U+001B›[2J
  1) one
  2) two‹U+001B›[2J
Choice: ! "" is none of the choices; expected a number from 1 to 2
Choice: ! "3" is none of the choices; expected a number from 1 to 2
Choice: 
Who?
Answer: ! an empty line is no answer
Answer: ! found x‹U+001B›[2J
Answer: 
Who?
Answer: 
Which?
  1) one
Choice: 
Which?
  1) one
Choice: 

Who?
Answer: 
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestInterruptAtALine(t *testing.T) {
	interrupt := make(chan os.Signal, 2)
	in, _ := io.Pipe()
	p := NewPlain(PlainOptions{In: in, Out: io.Discard, Interrupt: interrupt})
	interrupt <- os.Interrupt
	if _, err := p.Choose(context.Background(), "Which?", []string{"one"}); !errors.Is(err, ErrLeft) {
		t.Errorf("an interrupt gives %v", err)
	}
	interrupt <- os.Interrupt
	if _, err := p.Line(context.Background(), "Who?", func(string) string { return "" }); !errors.Is(err, ErrLeft) {
		t.Errorf("an interrupt gives %v", err)
	}
}
