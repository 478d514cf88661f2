package review_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// The oracle reviews a course as naively as the words of the language say it:
// it looks at every assessment, counts days one by one, and tries every way in
// which missing present answers could turn out. Of the engine it takes what
// becomes of a condition and which levels are possible, which have oracles of
// their own.

type naive struct {
	t       *testing.T
	e       *engine.Engine
	p       *pack.Pack
	all     []review.Entry
	days    []int
	present *pack.Level
	stay    int // the assessment with which the level began, or -1
}

func (n *naive) last() int { return len(n.all) - 1 }

func (n *naive) holds(c pack.Condition, i int) engine.Truth {
	if c == nil {
		return engine.True
	}
	read, err := engine.Read(n.p, n.all[i].Sheet.Answers, c)
	if err != nil {
		n.t.Fatal(err)
	}
	return read[0].State
}

func (n *naive) value(slot, i int) (pack.Value, bool) {
	s, a := n.p.Slots[slot], n.all[i].Sheet.Answers
	if s.Question.Kind == pack.Instrument && !s.IsItem() {
		total, _, known := s.Question.Total(a)
		return total, known
	}
	return a[slot], a[slot].Known()
}

// levelAfter is where the person was cared for after an assessment.
func (n *naive) levelAfter(i int) *pack.Level {
	s := n.all[i].Sheet
	if s.Placement != nil {
		return n.p.Level(s.Placement.Level)
	}
	if s.Recommended != nil {
		return n.p.Level(s.Recommended.Level())
	}
	return n.e.Recommend(s.Answers).Level
}

// beganWith goes forward, where the review goes back: a level begins where
// another one is known right before, and anew after another one.
func (n *naive) beganWith() int {
	began := -1
	var at *pack.Level
	for i := range n.last() {
		level := n.levelAfter(i)
		if level != nil && level != at {
			began, at = i, level
		}
	}
	if at != n.present {
		return -1
	}
	return began
}

// answer is what one assessment says to a statement. Of the open ones it is
// not known, and present answers could still settle them; what is Unknown and
// not open no answer settles.
type answer struct {
	is   engine.Truth
	open bool
}

// truth evaluates a statement; take says what becomes of each of the answers that
// it comes down to, in turn.
func (n *naive) truth(s pack.Course, take func(answer) engine.Truth) engine.Truth {
	switch s := s.(type) {
	case nil:
		return engine.True
	case *pack.EachCourse:
		var count [3]int
		for _, of := range s.Of {
			count[n.truth(of, take)]++
		}
		switch {
		case s.Joint == pack.JointAll:
			return every(count)
		case s.Joint == pack.JointAny:
			return some(count)
		}
		return engine.True - some(count)
	case *pack.Held:
		var count [3]int
		for back := range s.Times {
			if i := n.last() - back; i >= 0 {
				count[take(n.at(s.When, i))]++
			} else {
				count[engine.Unknown]++
			}
		}
		return every(count)
	case *pack.Seen:
		var count [3]int
		for i := range n.all {
			if n.days[n.last()]-n.days[i] <= s.WithinDays {
				count[take(n.at(s.When, i))]++
			}
		}
		return some(count)
	case *pack.Changed:
		var count [3]int
		for _, i := range n.comparedWith(s) {
			count[take(n.against(s, i))]++
		}
		if count == [3]int{} {
			return engine.Unknown
		}
		return some(count)
	}
	panic("no such statement")
}

func every(count [3]int) engine.Truth {
	for _, t := range []engine.Truth{engine.False, engine.Unknown} {
		if count[t] > 0 {
			return t
		}
	}
	return engine.True
}

func some(count [3]int) engine.Truth {
	for _, t := range []engine.Truth{engine.True, engine.Unknown} {
		if count[t] > 0 {
			return t
		}
	}
	return engine.False
}

func (n *naive) at(when pack.Condition, i int) answer {
	is := n.holds(when, i)
	return answer{is, is == engine.Unknown && i == n.last()}
}

func (n *naive) comparedWith(s *pack.Changed) []int {
	var out []int
	for i := range n.last() {
		_, known := n.value(s.Slot, i)
		switch {
		case s.Since == pack.SinceFirst && known && len(out) == 0,
			s.Since == pack.SinceLast && i == n.last()-1,
			s.Since == pack.SinceLevel && i == n.stay,
			s.Since == pack.SinceWithin && n.days[n.last()]-n.days[i] <= s.WithinDays:
			out = append(out, i)
		}
	}
	return out
}

func (n *naive) against(s *pack.Changed, i int) answer {
	then, was := n.value(s.Slot, i)
	now, is := n.value(s.Slot, n.last())
	if !was || !is {
		return answer{engine.Unknown, was}
	}
	worse := float64(now - then)
	if n.p.Slots[s.Slot].Question.Worse == pack.WorseLower {
		worse = -worse
	}
	if !s.Worse {
		worse = -worse
	}
	enough := worse >= float64(s.By)
	if s.Percent > 0 {
		enough = worse > 0 && worse >= float64(s.Percent)/100*max(float64(then), -float64(then))-1e-9
	}
	if enough {
		return answer{engine.True, false}
	}
	return answer{engine.False, false}
}

func (n *naive) says(s pack.Course) engine.Truth {
	return n.truth(s, func(a answer) engine.Truth { return a.is })
}

// canBeFalse tries every way in which what is open could turn out.
func (n *naive) canBeFalse(s pack.Course) bool {
	open := 0
	n.truth(s, func(a answer) engine.Truth {
		if a.open {
			open++
		}
		return a.is
	})
	for ways := range 1 << open {
		if n.truth(s, func(a answer) engine.Truth {
			if !a.open {
				return a.is
			}
			is := engine.True * engine.Truth(ways&1)
			ways >>= 1
			return is
		}) == engine.False {
			return true
		}
	}
	return false
}

func (n *naive) review(given *pack.Level) summary {
	n.present = given
	if given == nil {
		n.present = n.levelAfter(n.last() - 1)
	}
	n.stay = n.beganWith()
	s := summary{Present: n.present.ID}
	ready := n.readiness(&s)
	n.verdict(&s, ready)
	n.here(&s)
	n.reckon(&s)
	n.compare(&s)
	return s
}

func (n *naive) readiness(s *summary) (ready bool) {
	ready = true
	for _, c := range n.present.StepDown {
		when, course := n.holds(c.When, n.last()), n.says(c.Course)
		switch {
		case when == engine.False || course == engine.False:
			s.Not = append(s.Not, c.ID)
		case when == engine.Unknown || n.canBeFalse(c.Course):
			s.Unknown = append(s.Unknown, c.ID)
		default:
			continue
		}
		ready = false
	}
	for _, sign := range n.present.StepUp {
		if n.holds(sign.When, n.last()) == engine.True && n.says(sign.Course) == engine.True {
			s.Signs = append(s.Signs, sign.ID)
		}
	}
	return ready
}

func (n *naive) verdict(s *summary, ready bool) {
	possible := n.e.Recommend(n.all[n.last()].Sheet.Answers).Possible
	outcome := func(l *pack.Level) string {
		switch {
		case l.Index > n.present.Index:
			return "step_up"
		case l == n.present:
			return "continue"
		case ready:
			return "step_down"
		}
		return "hold"
	}
	stays := true
	for _, v := range pack.Verdicts() {
		for _, l := range possible {
			if outcome(l) == v && !slices.Contains(s.Outcomes, v) {
				s.Outcomes = append(s.Outcomes, v)
				stays = stays && (v == "continue" || v == "hold")
			}
		}
	}
	s.Verdict, s.To = "undetermined", "nowhere"
	if len(s.Outcomes) == 1 {
		s.Verdict = s.Outcomes[0]
	}
	switch {
	case stays:
		s.To = n.present.ID
	case s.Verdict == "step_up":
		s.To = possible[0].ID
	case s.Verdict == "step_down":
		s.To = possible[len(possible)-1].ID
	}
}

func TestReviewAgreesWithTheOracle(t *testing.T) {
	tried := make(map[string]int)
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 7))
		p := packOverTime(r)
		e, err := engine.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		reviewer, err := review.NewReviewer(e)
		if err != nil {
			t.Fatal(err)
		}
		for range 6 {
			entries := course(r, p)
			c, problems := reviewer.NewCourse(entries, review.CourseOptions{})
			if problems != nil {
				t.Fatalf("seed %d: %v", seed, problems)
			}
			given := levelOrNone(r, p, 25)
			got, err := c.Review(review.Options{Present: given})
			n := &naive{t: t, e: e, p: p, all: entries}
			for _, entry := range entries {
				day, _ := review.Day(entry.Sheet.Date)
				n.days = append(n.days, day)
			}
			if given == nil && n.levelAfter(n.last()-1) == nil {
				if err == nil {
					t.Fatalf("seed %d: nothing says where the person is, and the review says %s", seed, got.Verdict)
				}
				tried["no level"]++
				continue
			}
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			want := n.review(given)
			if d := cmp.Diff(want, summarise(got), cmpopts.EquateEmpty()); d != "" {
				t.Fatalf("seed %d (-oracle +review):\n%s", seed, d)
			}
			count(tried, want)
		}
	}
	for _, what := range []string{"no level", "step_up", "continue", "step_down", "hold", "undetermined", "not", "unknown", "signs", "otherwise", "stay", "gap", "came due", "reliable", "response", "behind"} {
		if tried[what] < 30 {
			t.Errorf("%s: only %d of %v", what, tried[what], tried)
		}
	}
}

// count says which parts of a review a random course came to.
func count(tried map[string]int, s summary) {
	tried[s.Verdict]++
	for what, is := range map[string]bool{"not": s.Not != nil, "unknown": s.Unknown != nil, "signs": s.Signs != nil, "otherwise": s.Otherwise,
		"stay": s.Stay != "unknown", "gap": s.Gap != "",
		"came due": slices.ContainsFunc(s.Due, func(s string) bool { return strings.Count(s, " 20") > 1 }), "reliable": slices.ContainsFunc(s.Measures, has("reliable")),
		"response": slices.ContainsFunc(s.Measures, has("response")), "behind": slices.ContainsFunc(s.Measures, has("behind true"))} {
		if is {
			tried[what]++
		}
	}
}
