package lint_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/lint"
	"github.com/carelevel/carelevel/pkg/pack"
)

// truths evaluates conditions under all complete answers, one after the other.
func truths(t *testing.T, p *pack.Pack, conditions []pack.Condition, limit int, visit func(a pack.Answers, holds []bool)) bool {
	t.Helper()
	prepared, err := engine.NewConditions(p, conditions...)
	if err != nil {
		t.Fatal(err)
	}
	return enginetest.Completions(p, p.NewAnswers(), limit, func(a pack.Answers) bool {
		under := prepared.Under(a)
		holds := make([]bool, len(conditions))
		for i := range holds {
			holds[i] = under.State(i) == engine.True
		}
		visit(slices.Clone(a), holds)
		return true
	})
}

func conditionsOf(list []*pack.Criterion) (all []pack.Condition) {
	for _, c := range list {
		all = append(all, c.When)
	}
	return all
}

// repeated finds by brute force which criteria hold for the very same answers
// as one before them.
func repeated(t *testing.T, p *pack.Pack, limit int) (ids []string, ok bool) {
	for _, level := range p.Levels {
		for _, list := range [][]*pack.Criterion{level.Indications, level.Requirements, level.Supports, level.StepDown} {
			list = slices.DeleteFunc(slices.Clone(list), func(c *pack.Criterion) bool { return asksAnswered(c.When) })
			patterns := make([]strings.Builder, len(list))
			if !truths(t, p, conditionsOf(list), limit, func(_ pack.Answers, holds []bool) {
				for i, h := range holds {
					fmt.Fprint(&patterns[i], h)
				}
			}) {
				return nil, false
			}
			seen := make(map[string]bool)
			for i, c := range list {
				if seen[patterns[i].String()] {
					ids = append(ids, c.ID)
				}
				seen[patterns[i].String()] = true
			}
		}
	}
	return unique(ids), true
}

func asksAnswered(c pack.Condition) (asks bool) {
	pack.Walk(c, func(c pack.Condition) bool {
		_, is := c.(*pack.Answered)
		asks = asks || is
		return true
	})
	return asks
}

// skippable finds by brute force the questions of the first section that can
// change whether the highest level is reached, and that some other answers keep
// from reaching it.
func skippable(t *testing.T, p *pack.Pack, limit int) (ids []string, ok bool) {
	top := p.Levels[len(p.Levels)-1]
	type outcome struct{ reached, not bool }
	by := make([]map[string]*outcome, len(p.Questions))
	for i := range by {
		by[i] = make(map[string]*outcome)
	}
	ok = truths(t, p, conditionsOf(top.Indications), limit, func(a pack.Answers, holds []bool) {
		for i, q := range p.Questions {
			rest := slices.Clone(a)
			for _, slot := range q.Slots() {
				rest[slot] = pack.Missing
			}
			o := by[i][fmt.Sprint(rest)]
			if o == nil {
				o = &outcome{}
				by[i][fmt.Sprint(rest)] = o
			}
			if slices.Contains(holds, true) {
				o.reached = true
			} else {
				o.not = true
			}
		}
	})
	for i, q := range p.Questions {
		matters, skips := false, false
		for _, o := range by[i] {
			matters, skips = matters || o.reached && o.not, skips || !o.reached
		}
		if q.Section == p.Sections[0] && matters && skips {
			ids = append(ids, q.ID)
		}
	}
	return unique(ids), ok
}

// On random packs the proofs agree with trying all answers.
func TestProofsAgreeWithBruteForce(t *testing.T) {
	const limit = 400
	var tried, repeats, skips int
	for seed := range uint64(250) {
		p := enginetest.Pack(rand.New(rand.NewPCG(seed, 7)), enginetest.Size{Questions: 4, Small: true})
		// Few random criteria are alike: some are made so.
		for _, level := range p.Levels {
			if n := len(level.Indications); n > 1 && seed%3 == 0 {
				level.Indications[n-1].When = &pack.None{Of: []pack.Condition{&pack.None{Of: []pack.Condition{level.Indications[0].When}}}}
			}
		}
		wantRepeats, ok := repeated(t, p, limit)
		if !ok || len(p.Levels) < 2 || len(p.Sections) == 0 {
			continue
		}
		wantSkips, _ := skippable(t, p, limit)
		got := make(map[string][]string)
		r := lint.Check(p, nil, lint.Options{})
		for _, d := range r.Diagnostics {
			at := d.Path[strings.LastIndex(d.Path, ".")+1:]
			got[d.Code] = append(got[d.Code], at)
		}
		if diff := cmp.Diff(wantRepeats, unique(got[lint.CriterionRepeated])); diff != "" {
			t.Errorf("seed %d, repeated (-brute force +proof)\n%s", seed, diff)
		}
		if diff := cmp.Diff(wantSkips, unique(got[lint.SafetySkippable])); diff != "" {
			t.Errorf("seed %d, skippable (-brute force +proof)\n%s", seed, diff)
		}
		if len(r.Skipped) > 0 {
			t.Errorf("seed %d: %v", seed, r.Skipped)
		}
		tried, repeats, skips = tried+1, repeats+len(wantRepeats), skips+len(wantSkips)
	}
	if tried < 40 || repeats < 20 || skips < 20 {
		t.Errorf("%d packs, %d repeated criteria, %d skippable questions: that shows little", tried, repeats, skips)
	}
}
