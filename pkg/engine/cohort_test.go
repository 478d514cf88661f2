package engine_test

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

// oneByOne is a cohort that decides on one person after the other by Decide:
// what a Cohort is held against.
type oneByOne struct {
	e    *engine.Engine
	rest *engine.Remainder
	d    engine.Decision
}

// lane is all that a cohort says of a lane, the last three only if asked for.
type lane struct {
	Indications, Unmet, Unknown, Notes []int // indices
	Possible                           uint64
	Deciding                           []*pack.Question
	Exact                              bool
}

func (o *oneByOne) lane(a pack.Answers, rest bool) lane {
	o.e.Decide(a, &o.d)
	l := lane{Indications: o.d.Indications(nil), Notes: o.d.Notes(nil)}
	for level := range o.e.Pack().Levels {
		l.Unmet, l.Unknown = o.d.Requirements(level, l.Unmet, l.Unknown)
	}
	if rest {
		l.Possible, l.Deciding, l.Exact = o.rest.Of(&o.d)
	}
	return l
}

// together is a cohort, and what it is read with.
type together struct {
	*engine.Cohort
	rest *engine.Remainder
}

func (c *together) lane(i int, rest bool) lane {
	l := lane{Indications: those(c.Indications(i), c.IndicationOrder()), Notes: those(c.Notes(i), nil),
		Unmet: those(c.Unmet(i), c.RequirementOrder()), Unknown: those(c.Unknown(i), c.RequirementOrder())}
	if rest {
		l.Possible, l.Deciding, l.Exact = c.Rest(i, c.rest)
	}
	return l
}

// those returns what the set bits stand for: themselves, or what is there in an
// order.
func those(words []uint64, order []int) (out []int) {
	for i, w := range words {
		for ; w != 0; w &= w - 1 {
			at := i*64 + bits.TrailingZeros64(w)
			if order != nil {
				at = order[at]
			}
			out = append(out, at)
		}
	}
	return out
}

func (l lane) differs(o lane) bool {
	return !slices.Equal(l.Indications, o.Indications) || !slices.Equal(l.Unmet, o.Unmet) || !slices.Equal(l.Unknown, o.Unknown) ||
		!slices.Equal(l.Notes, o.Notes) || l.Possible != o.Possible || l.Exact != o.Exact || !slices.Equal(l.Deciding, o.Deciding)
}

// cohortTest holds a cohort against what is said one by one.
type cohortTest struct {
	*testing.T
	name     string
	one      oneByOne
	together together
	people   [engine.Lanes]pack.Answers
	restOf   int // of every so many lanes the rest is compared, too, which takes its time
}

func newCohortTest(t *testing.T, name string, p *pack.Pack) *cohortTest {
	e := compile(t, p)
	return &cohortTest{T: t, name: name, one: oneByOne{e: e, rest: e.Remainder()}, together: together{e.NewCohort(), e.Remainder()}, restOf: 1}
}

// decide puts people into the first n lanes, and compares. What stands in the
// other lanes stays.
func (t *cohortTest) decide(n int, answers func() pack.Answers) (undecided int) {
	t.Helper()
	for i := range n {
		t.people[i] = slices.Clone(answers())
		for slot, v := range t.people[i] {
			t.together.Set(slot, i, v)
		}
	}
	t.together.Decide(n)
	for _, i := range rand.New(rand.NewPCG(uint64(n), 0)).Perm(n) {
		rest := i%t.restOf == 0
		got, want := t.together.lane(i, rest), t.one.lane(t.people[i], rest)
		if got.differs(want) {
			t.Fatalf("%s, lane %d of %d:\n got %+v\nwant %+v\nanswers %v", t.name, i, n, got, want, t.people[i])
		}
		if is := t.together.Undecided()>>i&1 != 0; is == t.one.d.Determined() {
			t.Fatalf("%s, lane %d of %d: undecided is %v", t.name, i, n, is)
		}
		if !t.one.d.Determined() {
			undecided++
		}
	}
	if n < engine.Lanes && t.together.Undecided()>>n != 0 {
		t.Fatalf("%s: %x are undecided of %d", t.name, t.together.Undecided(), n)
	}
	t.count(n)
	return undecided
}

// count compares the counts over some of the lanes.
func (t *cohortTest) count(n int) {
	t.Helper()
	e := t.one.e
	got, want := make([]int64, len(e.Criteria())), make([]int64, len(e.Criteria()))
	gotNotes, wantNotes := make([]int64, len(e.Pack().Notes)), make([]int64, len(e.Pack().Notes))
	lanes := uint64(0)
	for i := range n {
		if i%3 == 0 {
			continue
		}
		lanes |= 1 << i
		for _, k := range t.together.lane(i, false).Indications {
			want[k]++
		}
		for _, k := range t.together.lane(i, false).Notes {
			wantNotes[k]++
		}
	}
	t.together.Count(lanes, got, gotNotes)
	if !slices.Equal(got, want) || !slices.Equal(gotNotes, wantNotes) {
		t.Fatalf("%s: counted %v and %v, want %v and %v", t.name, got, gotNotes, want, wantNotes)
	}
}

// astray puts values outside of their domains among answers, and questions that
// were not assessed.
func astray(r *rand.Rand, p *pack.Pack, a pack.Answers) pack.Answers {
	for i := range a {
		switch r.IntN(40) {
		case 0:
			a[i] = p.Slots[i].Max + 1 + pack.Value(r.IntN(300))
		case 1:
			a[i] = p.Slots[i].Min - 1 - pack.Value(r.IntN(300))
		case 2:
			a[i] = pack.NotAssessed
		case 3:
			a[i] = []pack.Value{1<<63 - 1, pack.NotAssessed + 1, 1 << 62, -1 << 62, 1 << 40}[r.IntN(5)]
		}
	}
	return a
}

func TestCohortSaysWhatDecideSays(t *testing.T) {
	undecided := 0
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 61))
		p := enginetest.Pack(r, enginetest.Size{Questions: 1 + r.IntN(10)})
		test := newCohortTest(t, fmt.Sprint("seed ", seed), p)
		test.restOf = 5
		for range 3 {
			share := r.IntN(101)
			undecided += test.decide(r.IntN(engine.Lanes+1), func() pack.Answers { return astray(r, p, enginetest.Answers(r, p, share)) })
		}
	}
	if undecided < 5000 {
		t.Errorf("only %d undecided", undecided)
	}
}

// TestCohortOfManyRules has packs with more levels, criteria and notes than a
// word has bits.
func TestCohortOfManyRules(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 62))
		p := crowded(r, enginetest.Pack(r, enginetest.Size{Questions: 9}))
		test := newCohortTest(t, fmt.Sprint("seed ", seed), p)
		test.restOf = 8
		for range 2 {
			test.decide(1+r.IntN(engine.Lanes), func() pack.Answers { return astray(r, p, enginetest.Answers(r, p, 90)) })
		}
	}
}

// crowded gives a pack more levels and rules with the conditions that it has.
func crowded(r *rand.Rand, p *pack.Pack) *pack.Pack {
	var when, decides []pack.Condition
	for c := range p.Criteria() {
		when = append(when, c.When)
		if c.Kind == pack.Indication {
			decides = append(decides, c.When)
		}
	}
	when = append(when, &pack.All{})
	for i := range p.Slots {
		if p.Slots[i].Question.Kind == pack.Multi {
			nothing := &pack.Includes{Slot: i, All: r.IntN(2) == 0} // which holds with any answer, or with none
			when = append(when, nothing, &pack.None{Of: []pack.Condition{nothing}})
		}
	}
	decides = append(decides, &pack.Any{}, &pack.In{Slot: 0, Ranges: []pack.Interval{{From: p.Slots[0].Max, To: p.Slots[0].Max}}})
	if p.Slots[0].Question.Kind == pack.Multi {
		decides = decides[:len(decides)-1]
	}
	for levels := 8 + r.IntN(57); len(p.Levels) < levels; {
		l := &pack.Level{ID: fmt.Sprint("level", len(p.Levels)), Index: len(p.Levels)}
		p.Levels = append(p.Levels, l)
		for range r.IntN(4) {
			l.Indications = append(l.Indications, &pack.Criterion{Kind: pack.Indication, Level: l, When: decides[r.IntN(len(decides))]})
		}
		for range r.IntN(4) {
			l.Requirements = append(l.Requirements, &pack.Criterion{Kind: pack.Requirement, Level: l, When: when[r.IntN(len(when))]})
		}
	}
	for i := range 64 + r.IntN(80) {
		p.Notes = append(p.Notes, &pack.Note{ID: fmt.Sprint("more", i), When: when[r.IntN(len(when))]})
	}
	return p
}

func TestCohortOfShippedPacks(t *testing.T) {
	for id, p := range shippedPacks(t) {
		test := newCohortTest(t, id, p)
		r := rand.New(rand.NewPCG(1, 63))
		undecided, all := 0, 0
		for all < 20_000 {
			n := engine.Lanes - max(0, r.IntN(80)-64)*4
			all += n
			switch r.IntN(3) {
			case 0:
				undecided += test.decide(n, func() pack.Answers { return enginetest.Likely(r, p) })
			case 1:
				undecided += test.decide(n, func() pack.Answers { return astray(r, p, enginetest.Likely(r, p)) })
			default:
				share := r.IntN(101)
				undecided += test.decide(n, func() pack.Answers { return enginetest.Answers(r, p, share) })
			}
		}
		if undecided < 500 {
			t.Errorf("%s: only %d undecided of %d", id, undecided, all)
		}
	}
}

func shippedPacks(t testing.TB) map[string]*pack.Pack {
	t.Helper()
	out := make(map[string]*pack.Pack)
	for _, id := range rules.Names() {
		p, _, err := pack.Load(rules.FS, id, pack.LoadOptions{Tests: true})
		if err != nil {
			t.Fatal(err)
		}
		out[id] = p
	}
	return out
}

// TestCohortTellsAllTotals tries every way to answer small instruments with
// items, of all ways to fill in.
func TestCohortTellsAllTotals(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 64))
		p := instrumentPack(r)
		test := newCohortTest(t, fmt.Sprint("seed ", seed), p)
		var all []pack.Answers
		if !enginetest.AllAnswers(p, 5000, func(a pack.Answers) bool {
			all = append(all, slices.Clone(a))
			return true
		}) {
			continue
		}
		for len(all) > 0 {
			n := min(len(all), engine.Lanes)
			test.decide(n, func() pack.Answers {
				a := all[0]
				all = all[1:]
				return a
			})
		}
	}
}

// TestCohortFindsItemsOfOneLane where there are none in all others.
func TestCohortFindsItemsOfOneLane(t *testing.T) {
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 68))
		p := instrumentPack(r)
		test := newCohortTest(t, fmt.Sprint("seed ", seed), p)
		test.restOf = engine.Lanes
		for lane := range engine.Lanes {
			at := -1
			test.decide(engine.Lanes, func() pack.Answers {
				a := p.NewAnswers()
				if at++; at == lane {
					for i := range a[1:] {
						a[1+i] = pack.Value(r.IntN(2))
					}
				}
				return a
			})
		}
	}
}

// instrumentPack has one instrument, and asks for each total it can have. Now
// and then the bounds of the total are not what the items add up to.
func instrumentPack(r *rand.Rand) *pack.Pack {
	m := maker{r: r, p: &pack.Pack{ID: "instrument"}}
	m.instrument("q", 1+r.IntN(4))
	q := m.p.Questions[0]
	q.Grades = q.Grades[:2+r.IntN(2)]
	q.Max = pack.Value(len(q.Items) * (len(q.Grades) - 1))
	q.Fill = pack.Fill{AtMost: r.IntN(len(q.Items) + 2)}
	if r.IntN(2) == 0 {
		q.Fill.Never = []int{r.IntN(len(q.Items))}
	}
	for i := range m.p.Slots {
		m.p.Slots[i].Max = pack.Value(len(q.Grades) - 1)
	}
	if m.p.Slots[0].Max = q.Max; r.IntN(4) == 0 {
		m.p.Slots[0].Max += 3
		q.Max += 3
	}
	for i := range min(int(q.Max), 9) {
		l := &pack.Level{ID: fmt.Sprint("level", i), Index: i}
		m.p.Levels = append(m.p.Levels, l)
		if i > 0 {
			l.Indications = []*pack.Criterion{{ID: l.ID, Kind: pack.Indication, Level: l,
				When: &pack.In{Slot: 0, Ranges: []pack.Interval{{From: pack.Value(i), To: q.Max}}}}}
		}
		m.p.Notes = append(m.p.Notes, &pack.Note{ID: fmt.Sprint(i), When: &pack.In{Slot: 0, Ranges: []pack.Interval{{From: pack.Value(i), To: pack.Value(i)}}}},
			&pack.Note{ID: fmt.Sprint("answered", i), When: &pack.Answered{Slot: r.IntN(len(m.p.Slots)), Want: r.IntN(2) == 0}})
	}
	return m.p
}

// TestCohortKeepsAnswers by whichever way they come in.
func TestCohortKeepsAnswers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 65))
	p := enginetest.Pack(r, enginetest.Size{Questions: 12})
	c := compile(t, p).NewCohort()
	got := p.NewAnswers()
	for range 300 {
		lane, want := r.IntN(engine.Lanes), enginetest.Answers(r, p, 60)
		if r.IntN(10) == 0 {
			want = p.NewAnswers()
			c.ClearLane(lane)
		}
		for i, v := range want {
			if narrow := c.Narrow(i); narrow != nil && r.IntN(2) == 0 {
				narrow[lane] = c.Code(i, v)
			} else if wide := c.Wide(i); wide != nil && r.IntN(2) == 0 {
				wide[lane] = v
			} else {
				c.Set(i, lane, v)
			}
			if c.Answer(i, lane) != v || (c.Narrow(i) == nil) == (c.Wide(i) == nil) {
				t.Fatalf("slot %d: %d, want %d", i, c.Answer(i, lane), v)
			}
		}
		if c.Answers(lane, got); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

func TestCohortAllocatesNothing(t *testing.T) {
	p := shippedPacks(t)[rules.Default]
	e := compile(t, p)
	c, rest := e.NewCohort(), e.Remainder()
	r := rand.New(rand.NewPCG(1, 66))
	criteria, notes := make([]int64, len(e.Criteria())), make([]int64, len(p.Notes))
	n := testing.AllocsPerRun(100, func() {
		for lane := range 4 {
			c.Set(r.IntN(len(p.Slots)), lane, 1)
		}
		c.Decide(engine.Lanes)
		for lane := range engine.Lanes {
			c.Rest(lane, rest)
			c.Indications(lane)
		}
		c.Count(c.Undecided(), criteria, notes)
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}
