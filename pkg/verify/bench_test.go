package verify_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/verify"
	"github.com/carelevel/carelevel/rules"
)

func compile(tb testing.TB, p *pack.Pack) *engine.Engine {
	tb.Helper()
	e, err := engine.Compile(p)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

// shipped reads a built-in pack.
func shipped(tb testing.TB, name string) *pack.Pack {
	tb.Helper()
	p, ds, err := pack.Load(rules.FS, name, pack.LoadOptions{Name: "rules/" + name})
	if err != nil || diag.HasErrors(ds) {
		tb.Fatal(err, ds)
	}
	return p
}

func BenchmarkShippedPacks(b *testing.B) {
	for _, name := range rules.Names() {
		b.Run(name, func(b *testing.B) { benchmark(b, shipped(b, name)) })
	}
}

func benchmark(b *testing.B, p *pack.Pack) {
	e := compile(b, p)
	b.ReportAllocs()
	for b.Loop() {
		report, err := verify.Run(e, verify.Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(report.Proofs)), "proofs")
		b.ReportMetric(float64(report.Count(verify.Undecided)), "undecided")
		b.ReportMetric(float64(len(report.Size.String())), "digits")
	}
}

// BenchmarkSixtyQuestions is 57 scales of four grades with PHQ-9, GAD-7 and a
// questionnaire of twelve items, and 60 criteria, each of which tests three
// questions of a neighbourhood, every fifth a total, too. In one pack every
// test is "so bad or worse"; in the other one in ten is a band, which makes
// worse answers lead to less.
func BenchmarkSixtyQuestions(b *testing.B) {
	for _, bands := range []int{0, 10} {
		for _, width := range []int{8, 12} {
			b.Run(fmt.Sprintf("bands=%d%%/width=%d", bands, width), func(b *testing.B) { benchmark(b, sixty(width, bands)) })
		}
	}
}

func sixty(width, bands int) *pack.Pack {
	rnd := rand.New(rand.NewPCG(7, uint64(width)))
	p := &pack.Pack{ID: "sixty"}
	add := func(q *pack.Question) *pack.Question {
		q.Index, q.Slot, q.Worse = len(p.Questions), len(p.Slots), pack.WorseHigher
		p.Questions = append(p.Questions, q)
		p.Slots = append(p.Slots, pack.Slot{ID: q.ID, Question: q, Item: -1, Max: q.Max})
		return q
	}
	for i := range 57 {
		add(&pack.Question{ID: fmt.Sprintf("q%d", i), Kind: pack.Scale, Max: 3, Options: make([]pack.Option, 4)})
	}
	var totals []*pack.Question
	for i, items := range []int{9, 7, 12} {
		q := add(&pack.Question{ID: fmt.Sprintf("total%d", i), Kind: pack.Instrument, Max: pack.Value(3 * items), Grades: make([]pack.Option, 4), Fill: pack.Fill{AtMost: 2}})
		for k := range items {
			q.Items = append(q.Items, pack.Item{ID: fmt.Sprintf("%s_%d", q.ID, k+1), Slot: len(p.Slots)})
			p.Slots = append(p.Slots, pack.Slot{ID: q.Items[k].ID, Question: q, Item: k, Max: 3})
		}
		totals = append(totals, q)
	}
	for l := range 5 {
		p.Levels = append(p.Levels, &pack.Level{ID: fmt.Sprintf("l%d", l), Index: l})
	}
	for i := range 60 {
		addCriterion(rnd, p, i, width, bands, totals)
	}
	return p
}

func addCriterion(rnd *rand.Rand, p *pack.Pack, i, width, bands int, totals []*pack.Question) {
	l := p.Levels[1+i%4]
	all := &pack.All{}
	test := func(slot int, most pack.Value) {
		r := pack.Interval{From: 1 + pack.Value(rnd.Int64N(int64(most))), To: most}
		if rnd.IntN(100) < bands {
			r = pack.Interval{From: 1, To: most - 1}
		}
		all.Of = append(all.Of, &pack.In{Slot: slot, Ranges: []pack.Interval{r}})
	}
	from := i * (57 - width) / 59
	for _, q := range rnd.Perm(width)[:3] {
		test(from+q, 3)
	}
	if i%5 == 0 {
		q := totals[i/5%3]
		test(q.Slot, q.Max)
	}
	c := &pack.Criterion{ID: fmt.Sprintf("c%d", i), Level: l, When: all}
	switch i % 12 {
	case 10:
		c.Kind, c.When = pack.Requirement, &pack.None{Of: []pack.Condition{all}}
		l.Requirements = append(l.Requirements, c)
	case 11:
		c.Kind, c.When = pack.StepDown, &pack.None{Of: []pack.Condition{all}}
		l.StepDown = append(l.StepDown, c)
	default:
		l.Indications = append(l.Indications, c)
	}
}
