package form

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/interview"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/google/go-cmp/cmp"
)

// lastAnswers are of the last assessment in the tests, of somebody who is in
// the program now.
const lastAnswers = "danger=violence risk=thoughts phq_1=2 phq_2=1 crises=4 groups=yes"

func reviewOf(t *testing.T, p *pack.Pack, assignments string) interview.Options {
	t.Helper()
	last := p.NewAnswers()
	for assignment := range strings.FieldsSeq(assignments) {
		if err := p.Set(last, assignment); err != nil {
			t.Fatal(err)
		}
	}
	return interview.Options{Order: engine.OrderPack, Review: &interview.Review{Last: last, Date: "2026-02-14", Present: p.Level("iop")}}
}

var reviewScreens = []struct {
	name          string
	width, height int
	script        string
}{
	{"review-afresh", 80, 24, `"▸ [ ] Overdose"`},
	{"review-scale", 80, 24, answerNone + `"Type = to confirm"`},
	{"review-scale-wide", 120, 40, answerNone + `down "▸ No thoughts"`},
	{"review-scale-small", 60, 20, answerNone + `down "▸ No thoughts"`},
	{"review-scale-narrow", 32, 14, `"▸ [ ] Overdose" down down "▸ [ ] None" space "▸ [x] None" enter "▸ Not assessed" down "▸ No thoughts"`},
	{"review-scale-smallest", 30, 10, `"▸ [ ] Overdose" down down "▸ [ ] None" space "▸ [x] None" enter "▸ Not assessed" = down "▸ No thoughts"`},
	{"review-confirmed", 80, 24, answerNone + `= "PHQ-2" left "▸ Thoughts without"`},
	{"review-method", 80, 24, answerNone + `= "PHQ-2"`},
	{"review-item", 80, 24, answerNone + `= "PHQ-2" down "▸ Item" enter "item 1 of 2"`},
	{"review-number", 80, 24, answerNone + `= "PHQ-2" down down "▸ The total" enter "The total of" 4 "▸ 4" enter "How many"`},
	{"review-determined", 80, 24, answerNone + `up "▸ Thoughts with plan" enter "PHQ-2" - "is determined"`},
	{"review-determined-lower", 80, 24, answerNone + `= "PHQ-2" - "How many" 0 "▸ 0" enter "is determined"`},
	{"review-help", 80, 24, answerNone + `? "Source: A book 2024"`},
}

func TestReviewScreens(t *testing.T) {
	e := clinic(t)
	for _, test := range reviewScreens {
		t.Run(test.name, func(t *testing.T) {
			s := sit(t, e, test.width, test.height, reviewOf(t, e.Pack(), lastAnswers))
			golden(t, filepath.Join("testdata", "screens", test.name+".txt"), s.do(test.script))
		})
	}
}

func TestReviewSittings(t *testing.T) {
	tests := []struct {
		name, last, script string
		want               string // answers
		confirmed          int
	}{
		{"one key confirms, and only where that is offered", lastAnswers,
			`"▸ [ ] Overdose" = down down "▸ [ ] None" space "▸ [x] None" enter "suicidal" = "PHQ-2" = down down "▸ The total" enter "The total of" = 3 "▸ =3" backspace backspace "▸ " 3 "▸ 3" enter "How many" = "is determined" enter`,
			"danger=none risk=thoughts phq=3 crises=4", 2},
		{"Enter confirms nothing, whatever was answered last time", lastAnswers,
			`"▸ [ ] Overdose" enter "suicidal" enter "PHQ-2" enter "How many" enter "not determined" enter`,
			"danger=not_assessed risk=not_assessed phq=not_assessed crises=not_assessed", 0},
		{"what was not assessed or not asked cannot be confirmed", "risk=not_assessed",
			answerNone + `"not assessed" = down "▸ No thoughts" enter "PHQ-2" - "How many" = "▸ =" enter "is not a number" backspace 0 "▸ 0" enter "is determined" enter`,
			"danger=none risk=none phq=not_assessed crises=0", 0},
		{"several signs for equality at once are no confirmation", lastAnswers,
			answerNone + `=== down "▸ No thoughts" enter "PHQ-2" - "How many" 0 "▸ 0" enter "is determined" enter`,
			"danger=none risk=none phq=not_assessed crises=0", 0},
	}
	e := clinic(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := sit(t, e, 80, 24, reviewOf(t, e.Pack(), test.last))
			s.do(test.script)
			got := s.end()
			if got.err != nil {
				t.Error(got.err)
			}
			if diff := cmp.Diff(test.want, answersText(e.Pack(), got.outcome.Answers)); diff != "" || got.outcome.Confirmed != test.confirmed {
				t.Errorf("%d confirmed\n%s", got.outcome.Confirmed, diff)
			}
		})
	}
}

func TestPlainReview(t *testing.T) {
	tests := []struct {
		name, input, want string
		confirmed         int
	}{
		{"review", "=\n3\n=\n2\n=\n3\n=\n1\n", "danger=none risk=thoughts phq=3 crises=4", 2},
		{"review-empty-lines", "3\n\n2\n0\n\n0\n1\n", "danger=none risk=passive phq=not_assessed crises=0", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := clinic(t)
			var out bytes.Buffer
			p := NewPlain(PlainOptions{In: strings.NewReader(test.input), Out: &out})
			o, err := interview.Run(context.Background(), e, p, reviewOf(t, e.Pack(), lastAnswers))
			if err != nil || o.Confirmed != test.confirmed {
				t.Errorf("%d confirmed, %v\n%s", o.Confirmed, err, &out)
			}
			if diff := cmp.Diff(test.want, answersText(e.Pack(), o.Answers)); diff != "" {
				t.Errorf("%s\n%s", diff, &out)
			}
			golden(t, filepath.Join("testdata", "plain", test.name+".txt"), out.String())
		})
	}
}

// The end of input confirms nothing.
func TestReviewEndOfInput(t *testing.T) {
	e := clinic(t)
	p := NewPlain(PlainOptions{In: strings.NewReader("3\n"), Out: io.Discard})
	o, err := interview.Run(context.Background(), e, p, reviewOf(t, e.Pack(), lastAnswers))
	if !errors.Is(err, io.ErrUnexpectedEOF) || answersText(e.Pack(), o.Answers) != "danger=none" {
		t.Errorf("%v, %s", err, answersText(e.Pack(), o.Answers))
	}
}
