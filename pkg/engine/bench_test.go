package engine_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

// clinical is a pack of the size of the default one, made of whatever.
func clinical() *pack.Pack {
	m := maker{r: rand.New(rand.NewPCG(1, 1)), p: &pack.Pack{ID: "clinical"}}
	for i := range 28 {
		switch {
		case i%4 == 0:
			m.question(pack.YesNo, 2)
		case i%7 == 0:
			m.question(pack.Multi, 5)
		case i%5 == 0:
			m.question(pack.Number, 31)
		default:
			m.question(pack.Scale, 3+i%4)
		}
	}
	m.instrument("phq9", 9, 5, 10, 15, 20)
	m.instrument("gad7", 7, 5, 10, 15)
	for i, n := range []int{0, 14, 12, 9, 5} {
		l := &pack.Level{ID: fmt.Sprintf("level%d", i), Index: i}
		m.p.Levels = append(m.p.Levels, l)
		l.Indications = m.criteria(l, pack.Indication, n)
		l.Requirements = m.criteria(l, pack.Requirement, []int{3, 9, 9, 3, 1}[i])
		l.Supports = m.criteria(l, pack.Support, 3)
		l.StepDown = m.criteria(l, pack.StepDown, 2)
	}
	for i := range 15 {
		m.p.Services = append(m.p.Services, &pack.Service{ID: fmt.Sprint(i), When: m.condition()})
		m.p.Notes = append(m.p.Notes, &pack.Note{ID: fmt.Sprint(i), When: m.condition()})
	}
	return m.p
}

type maker struct {
	r *rand.Rand
	p *pack.Pack
}

func (m *maker) question(kind pack.Kind, values int) {
	q := &pack.Question{ID: fmt.Sprintf("q%d", len(m.p.Questions)), Index: len(m.p.Questions), Slot: len(m.p.Slots), Kind: kind, Max: pack.Value(values - 1)}
	if kind == pack.Multi {
		q.Max = 1<<values - 1
		q.Options = make([]pack.Option, values)
	}
	m.p.Questions = append(m.p.Questions, q)
	m.p.Slots = append(m.p.Slots, pack.Slot{ID: q.ID, Question: q, Item: -1, Max: q.Max})
}

func (m *maker) instrument(id string, items int, bands ...pack.Value) {
	q := &pack.Question{ID: id, Index: len(m.p.Questions), Slot: len(m.p.Slots), Kind: pack.Instrument,
		Max: pack.Value(3 * items), Grades: make([]pack.Option, 4), Fill: pack.Fill{AtMost: 2, Never: []int{items - 1}}}
	m.p.Questions = append(m.p.Questions, q)
	m.p.Slots = append(m.p.Slots, pack.Slot{ID: id, Question: q, Item: -1, Max: q.Max})
	for _, from := range bands {
		q.Bands = append(q.Bands, pack.Band{From: from})
	}
	for i := range items {
		q.Items = append(q.Items, pack.Item{ID: fmt.Sprintf("%s_%d", id, i+1), Slot: len(m.p.Slots)})
		m.p.Slots = append(m.p.Slots, pack.Slot{ID: q.Items[i].ID, Question: q, Item: i, Max: 3})
	}
}

func (m *maker) criteria(l *pack.Level, kind pack.CriterionKind, n int) []*pack.Criterion {
	var out []*pack.Criterion
	for i := range n {
		out = append(out, &pack.Criterion{ID: fmt.Sprint(l.ID, kind, i), Kind: kind, Level: l, When: m.condition()})
	}
	return out
}

// condition is as those of the default pack are: mostly one to four tests, now
// and then two of five.
func (m *maker) condition() pack.Condition {
	switch m.r.IntN(8) {
	case 0:
		return &pack.AtLeast{Count: 2, Of: m.tests(5)}
	case 1, 2:
		return &pack.All{Of: append(m.tests(2), &pack.Any{Of: m.tests(2)})}
	case 3, 4:
		return &pack.All{Of: m.tests(2)}
	case 5:
		return &pack.Any{Of: m.tests(3)}
	}
	return m.tests(1)[0]
}

func (m *maker) tests(n int) []pack.Condition {
	var out []pack.Condition
	for range n {
		q := m.p.Questions[m.r.IntN(len(m.p.Questions))]
		switch {
		case m.r.IntN(30) == 0:
			q = m.p.Questions[28]
			out = append(out, &pack.In{Slot: q.Items[8].Slot, Ranges: []pack.Interval{{From: 1, To: 3}}})
		case q.Kind == pack.Multi:
			out = append(out, &pack.Includes{Slot: q.Slot, Mask: 1 << m.r.IntN(len(q.Options))})
		case q.Kind == pack.Instrument:
			out = append(out, &pack.In{Slot: q.Slot, Ranges: []pack.Interval{{From: q.Bands[m.r.IntN(len(q.Bands))].From, To: q.Max}}})
		default:
			out = append(out, &pack.In{Slot: q.Slot, Ranges: []pack.Interval{{From: 1 + pack.Value(m.r.Int64N(int64(q.Max))), To: q.Max}}})
		}
	}
	return out
}

// people is how many a benchmark decides on in turn: too many for a processor
// to learn by heart, and few enough for its nearest cache, since answers that
// were just read are there.
const people = 48

// benchAnswers are the answers of random people.
func benchAnswers(p *pack.Pack, share float64, totals bool) []pack.Answers {
	r := rand.New(rand.NewPCG(2, 2))
	out := make([]pack.Answers, people)
	for i := range out {
		a := p.NewAnswers()
		for s := range p.Slots {
			if r.Float64() < share {
				a[s] = p.Slots[s].Min + pack.Value(r.Int64N(int64(p.Slots[s].Max-p.Slots[s].Min)+1))/2
			}
		}
		for _, q := range p.Questions {
			if len(q.Items) == 0 {
				continue
			}
			if !totals {
				a[q.Slot] = pack.Missing
				continue
			}
			for _, it := range q.Items {
				a[it.Slot] = pack.Missing
			}
		}
		out[i] = a
	}
	return out
}

func BenchmarkDecide(b *testing.B) {
	p := clinical()
	e := compile(b, p)
	for _, c := range []struct {
		name   string
		share  float64
		totals bool
	}{
		{"all answered, totals", 1, true},
		{"all answered, items", 1, false},
		{"half answered, totals", 0.5, true},
		{"half answered, items", 0.5, false},
		{"nothing answered", 0, true},
	} {
		b.Run(c.name, func(b *testing.B) { benchmarkDecide(b, e, benchAnswers(p, c.share, c.totals)) })
	}
}

// BenchmarkDecideDefaultPack decides on the cases that the pack brings along.
func BenchmarkDecideDefaultPack(b *testing.B) {
	p, ds, err := pack.Load(rules.FS, "mental-health", pack.LoadOptions{Tests: true})
	if err != nil || diag.HasErrors(ds) {
		b.Fatal(err, ds)
	}
	var all []pack.Answers
	for _, t := range p.Tests[:min(len(p.Tests), people)] {
		all = append(all, t.Answers)
	}
	benchmarkDecide(b, compile(b, p), all)
}

func benchmarkDecide(b *testing.B, e *engine.Engine, all []pack.Answers) {
	var d engine.Decision
	n := 0
	var held []int
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		e.Decide(all[i%len(all)], &d)
		held = d.Indications(held[:0])
		n += len(held)
	}
	if n < 0 {
		b.Fatal("no")
	}
}

func BenchmarkRecommend(b *testing.B) {
	p := clinical()
	e := compile(b, p)
	all := benchAnswers(p, 0.9, false)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		e.Recommend(all[i%len(all)])
	}
}

func BenchmarkCompile(b *testing.B) {
	p := clinical()
	b.ReportAllocs()
	for b.Loop() {
		compile(b, p)
	}
}
