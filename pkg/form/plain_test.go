package form

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/carelevel/carelevel/pkg/interview"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/google/go-cmp/cmp"
)

func TestPlain(t *testing.T) {
	tests := []struct {
		name  string
		input string
		end   interview.End
		want  string // answers
	}{
		{"numbers", "3\n4\n1\n", interview.EndDetermined, "danger=none risk=plan"},
		{"words", "None of these\nthoughts with plan or intent\n2\nyes\n", interview.EndDetermined, "danger=none risk=plan groups=yes"},
		{"instrument", "none\n-\n1\n3\nmore than half the days\n12\n1\n", interview.EndDetermined, "danger=none risk=not_assessed phq_1=3 phq_2=2 crises=12"},
		{"total-and-back", "3\n0\n2\n6\nb\nb\n0\n-\n1\n", interview.EndUndetermined, "danger=none risk=not_assessed phq=not_assessed crises=not_assessed"},
		{"refused", "\n7\n1,3\n1 9\nviolense\nb\nf\n3\n1,2\n5\n0\n0\n31\nmany\n2,5\n1\n1\n1\n", interview.EndUndetermined, "danger=none risk=not_assessed phq=not_assessed crises=1"},
		{"forward", "3\n1\n0\nb\nb\nf\nf\n0\n", interview.EndDetermined, "danger=none risk=none phq=not_assessed crises=0"},
		{"help", "?\n3\n4\n1", interview.EndDetermined, "danger=none risk=plan"},
		{"emergency", "1,2\n", interview.EndEmergency, "danger=overdose;violence"},
		{"leave", "3\nq\n5\n1\nq\n3\nmine.yaml\n", interview.EndInterrupted, "danger=none"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := clinic(t)
			var out bytes.Buffer
			p := NewPlain(PlainOptions{In: strings.NewReader(test.input), Out: &out})
			o, err := interview.Run(context.Background(), e, p, interview.Options{Suggest: "draft.yaml", SaveAs: func(string, pack.Answers) error { return nil }})
			if err != nil || o.End != test.end {
				t.Errorf("end %d, %v; want end %d\n%s", o.End, err, test.end, &out)
			}
			if diff := cmp.Diff(test.want, answersText(e.Pack(), o.Answers)); diff != "" {
				t.Errorf("%s\n%s", diff, &out)
			}
			golden(t, filepath.Join("testdata", "plain", test.name+".txt"), out.String())
		})
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s looks different (-want +got):\n%s", file, diff)
	}
}

func TestPlainEndOfInputIsNoAnswer(t *testing.T) {
	e := clinic(t)
	p := NewPlain(PlainOptions{In: strings.NewReader("3\n"), Out: io.Discard})
	o, err := interview.Run(context.Background(), e, p, interview.Options{})
	var ended *interview.InputEndedError
	if !errors.As(err, &ended) || !errors.Is(err, io.ErrUnexpectedEOF) || ended.Question.ID != "risk" {
		t.Errorf("got %v", err)
	}
	if got := answersText(e.Pack(), o.Answers); got != "danger=none" {
		t.Errorf("the answers are %s", got)
	}
}

// What comes after the last line that was needed belongs to somebody else.
func TestPlainReadsNoMoreThanItsLines(t *testing.T) {
	in := bufio.NewReader(strings.NewReader("1\nthe rest\n"))
	p := NewPlain(PlainOptions{In: in, Out: io.Discard})
	o, err := interview.Run(context.Background(), clinic(t), p, interview.Options{})
	if err != nil || o.End != interview.EndEmergency {
		t.Fatalf("end %d, %v", o.End, err)
	}
	if rest, _ := in.ReadString('\n'); rest != "the rest\n" {
		t.Errorf("what is left is %q", rest)
	}
}

// Ctrl+C at a question offers to leave, and once more leaves.
func TestPlainInterrupt(t *testing.T) {
	in, _ := io.Pipe()
	signals := make(chan os.Signal, 2)
	signals <- os.Interrupt
	signals <- os.Interrupt
	var out bytes.Buffer
	p := NewPlain(PlainOptions{In: in, Out: &out, Interrupt: signals})
	o, err := interview.Run(context.Background(), clinic(t), p, interview.Options{})
	if err != nil || o.End != interview.EndInterrupted || !strings.Contains(out.String(), "Leave the interview?") {
		t.Errorf("end %d, %v\n%s", o.End, err, &out)
	}
}

func TestPlainSurvivesAnyLine(t *testing.T) {
	long := strings.Repeat("x", 3*longestLine)
	var out bytes.Buffer
	p := NewPlain(PlainOptions{In: strings.NewReader(long + "\n\x1b[2J\x00\xff\n99999999999999999999\n1\n"), Out: &out})
	o, err := interview.Run(context.Background(), clinic(t), p, interview.Options{})
	if err != nil || o.End != interview.EndEmergency {
		t.Errorf("end %d, %v", o.End, err)
	}
	if strings.ContainsAny(out.String(), "\x1b\x00") || !utf8.Valid(out.Bytes()) {
		t.Errorf("an answer reaches the terminal as it is: %q", out.String())
	}
}
