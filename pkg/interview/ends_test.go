package interview

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/google/go-cmp/cmp"
)

func start(t *testing.T, p *pack.Pack, assignments string) pack.Answers {
	t.Helper()
	a := p.NewAnswers()
	for assignment := range strings.FieldsSeq(assignments) {
		if err := p.Set(a, assignment); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

func outcomeText(p *pack.Pack, o Outcome) string {
	text := fmt.Sprintf("end %d: %d of %d asked, %d not assessed:%s", o.End, o.Asked, o.Questions, o.NotAssessed, answersText(p, o.Answers))
	if o.Confirmed > 0 {
		text += fmt.Sprintf(", %d as last time", o.Confirmed)
	}
	return text
}

func answersText(p *pack.Pack, a pack.Answers) string {
	var b strings.Builder
	for i, v := range a {
		if v != pack.Missing {
			b.WriteString(" " + p.Slots[i].ID + "=" + p.FormatAnswer(i, v))
		}
	}
	return b.String()
}

func TestEndOfInputIsAnError(t *testing.T) {
	tests := []struct{ name, steps, question, want string }{
		{"at a question", "danger=none", "suicide",
			`the input ended in the middle of the interview, after 1 questions, at "suicide": an answer is missing and none was made up`},
		{"at a pause", "danger=none; suicide=plan", "",
			"the input ended in the middle of the interview, after 2 questions: an answer is missing and none was made up"},
		{"while leaving", "danger=none; quit", "suicide",
			`the input ended in the middle of the interview, after 1 questions, at "suicide": an answer is missing and none was made up`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := &script{steps: strings.Split(test.steps, "; ")}
			o, err := Run(context.Background(), clinic(t), s, Options{Order: engine.OrderPack})
			var ended *InputEndedError
			if !errors.As(err, &ended) || !errors.Is(err, io.ErrUnexpectedEOF) || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
			if o.End != EndInterrupted || o.Answers[0] != 0 {
				t.Errorf("the answers before are lost: end %d, %v", o.End, o.Answers)
			}
		})
	}
}

func TestLeaving(t *testing.T) {
	tests := []struct {
		name, steps, want string
		opts              Options
	}{
		{
			name: "stay, then leave without keeping anything", steps: "danger=none; quit; stay; quit; discard",
			want: `
danger [oic 0+5] <- danger=none
suicide [oi 1+4] <- quit
LEAVE answered 1 kept "" suggest "" problem "" <- stay
suicide [oi 1+4] <- quit
LEAVE answered 1 kept "" suggest "" problem "" <- discard
end 3: 1 of 8 asked, 0 not assessed: danger=none`,
		},
		{
			name: "a draft is named", steps: "danger=none; quit; discard",
			opts: Options{Draft: "draft.yaml", AfterAnswer: func(pack.Answers) error { return nil }},
			want: `
danger [oic 0+5] <- danger=none
suicide [oi 1+4] <- quit
LEAVE answered 1 kept "draft.yaml" suggest "" problem "" <- discard
end 3: 1 of 8 asked, 0 not assessed: danger=none`,
		},
		{
			name: "saved under the second name", steps: "danger=none; quit; save taken.yaml; save free.yaml",
			opts: Options{Suggest: "carelevel-draft.yaml", SaveAs: func(file string, a pack.Answers) error {
				if file == "taken.yaml" {
					return errors.New("taken.yaml is there already")
				}
				return nil
			}},
			want: `
danger [oic 0+5] <- danger=none
suicide [oi 1+4] <- quit
LEAVE answered 1 kept "" suggest "carelevel-draft.yaml" problem "" <- save taken.yaml
LEAVE answered 1 kept "" suggest "carelevel-draft.yaml" problem "taken.yaml is there already" <- save free.yaml
end 3: 1 of 8 asked, 0 not assessed: danger=none, saved in free.yaml`,
		},
		{
			name: "a draft that cannot be written is said, and another file offered", steps: "danger=none; quit; discard",
			opts: Options{Draft: "draft.yaml", AfterAnswer: func(pack.Answers) error { return errors.New("disk full") },
				Suggest: "other.yaml", SaveAs: func(string, pack.Answers) error { return nil }},
			want: `
danger [oic 0+5] <- danger=none
suicide !the draft was not saved: disk full! [oi 1+4] <- quit
LEAVE answered 1 kept "" suggest "other.yaml" problem "the draft was not saved: disk full" <- discard
end 3: 1 of 8 asked, 0 not assessed: danger=none, not saved: disk full`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := clinic(t)
			s := &script{steps: strings.Split(test.steps, "; ")}
			o, err := Run(context.Background(), e, s, test.opts)
			if err != nil {
				t.Fatal(err)
			}
			got := s.log.String() + outcomeText(e.Pack(), o)
			if o.Saved != "" {
				got += ", saved in " + o.Saved
			}
			if o.SaveErr != nil {
				got += ", not saved: " + o.SaveErr.Error()
			}
			if diff := cmp.Diff(strings.TrimPrefix(test.want, "\n"), got); diff != "" {
				t.Errorf("leaving went differently (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDraftAfterEveryAnswer(t *testing.T) {
	e := clinic(t)
	var drafts []string
	s := &script{steps: strings.Split("danger=none; suicide=not_assessed; back; suicide=plan; finish", "; ")}
	_, err := Run(context.Background(), e, s, Options{Draft: "d", AfterAnswer: func(a pack.Answers) error {
		drafts = append(drafts, answersText(e.Pack(), a))
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{" danger=none", " danger=none suicide=not_assessed", " danger=none suicide=plan"}
	if diff := cmp.Diff(want, drafts); diff != "" {
		t.Error(diff)
	}
}

func TestStartIsNotChangedAndMustFit(t *testing.T) {
	e := clinic(t)
	given := start(t, e.Pack(), "danger=none")
	s := &script{steps: []string{"suicide=plan", "finish"}}
	if _, err := Run(context.Background(), e, s, Options{Start: given}); err != nil {
		t.Fatal(err)
	}
	if got := answersText(e.Pack(), given); got != " danger=none" {
		t.Errorf("the answers it started with are now%s", got)
	}
	_, err := Run(context.Background(), e, s, Options{Start: given[:2]})
	if err == nil || err.Error() != "answers to 2 questions and items, but the rules clinic have 10" {
		t.Errorf("got %v", err)
	}
}

func TestCancelledContextEndsIt(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	o, err := Run(ctx, clinic(t), &script{}, Options{})
	if !errors.Is(err, context.Canceled) || o.End != EndInterrupted {
		t.Errorf("end %d, %v", o.End, err)
	}
}
