package pack

import (
	"reflect"
	"testing"
)

// checkSound holds a pack without errors against what its readers rely on.
func checkSound(t testing.TB, p *Pack) {
	t.Helper()
	if p == nil || p.ID == "" || p.Version == "" || len(p.Hash) != len("sha256:")+64 || len(p.Levels) == 0 {
		t.Fatalf("an incomplete pack: %+v", p)
	}
	for i, l := range p.Levels {
		if l.Index != i || l.Title == "" || l.Short == "" || l.Action == "" || p.Level(l.ID) != l {
			t.Errorf("level %q at %d: %+v", l.ID, i, l)
		}
	}
	checkSlots(t, p)
	for c := range p.Criteria() {
		if c.ID == "" || c.Level == nil || len(c.Sources) == 0 || c.Because == "" && c.Otherwise == "" || p.Criterion(c.ID) != c {
			t.Errorf("criterion %+v", c)
		}
		checkCondition(t, p, c.ID, c.When)
	}
	for _, n := range p.Conditions {
		checkCondition(t, p, n.ID, n.When)
	}
	for _, n := range p.Notes {
		checkCondition(t, p, n.ID, n.When)
	}
	for _, g := range p.Guarantees {
		checkCondition(t, p, g.ID, g.Whenever)
		if g.AtLeast == nil && g.AtMost == nil {
			t.Errorf("guarantee %s says nothing", g.ID)
		}
	}
	for _, s := range p.Services {
		if s.When != nil {
			checkCondition(t, p, s.ID, s.When)
		}
	}
	for _, s := range p.Scores {
		checkBands(t, s.ID, s.Bands, s.Min, s.Max)
		for _, term := range s.Terms {
			if term.Slot >= len(p.Slots) || term.Weights == nil && term.Factor == 0 {
				t.Errorf("score %s has the term %+v", s.ID, term)
			}
		}
	}
	for _, c := range p.Tests {
		if c.Name == "" || p.CheckAnswers(c.Answers) != nil {
			t.Errorf("test %q: %v", c.Name, p.CheckAnswers(c.Answers))
		}
	}
}

func checkSlots(t testing.TB, p *Pack) {
	t.Helper()
	for i, q := range p.Questions {
		if q.Index != i || q.Section == nil || p.Slots[q.Slot].Question != q || p.Slots[q.Slot].IsItem() {
			t.Errorf("question %q at %d: %+v", q.ID, i, q)
		}
		checkBands(t, q.ID, q.Bands, q.Min, q.Max)
		for j, it := range q.Items {
			if s := p.Slots[it.Slot]; it.Slot != q.Slot+1+j || s.ID != it.ID || s.Item != j || s.Max != Value(len(q.Grades)-1) {
				t.Errorf("item %q: %+v", it.ID, s)
			}
		}
	}
	for i, s := range p.Slots {
		if at, ok := p.SlotByID(s.ID); !ok || at != i || s.Min >= s.Max {
			t.Errorf("slot %d %+v", i, s)
		}
	}
}

func checkBands(t testing.TB, id string, bands []Band, from, to Value) {
	t.Helper()
	for i, b := range bands {
		if b.From > b.To || b.From != from {
			t.Errorf("band %d of %s is %+v, want it to begin at %d", i, id, b, from)
		}
		from = b.To + 1
	}
	if len(bands) > 0 && from != to+1 {
		t.Errorf("the bands of %s end at %d, want %d", id, from-1, to)
	}
}

func checkCondition(t testing.TB, p *Pack, id string, c Condition) {
	t.Helper()
	if c == nil || reflect.ValueOf(c).IsNil() {
		t.Errorf("%s has no condition", id)
		return
	}
	Walk(c, func(c Condition) bool {
		switch c := c.(type) {
		case *In:
			checkRanges(t, p, id, c)
		case *AtLeast:
			if c.Count < 1 || c.Count > len(c.Of) {
				t.Errorf("%s: at least %d of %d", id, c.Count, len(c.Of))
			}
		case *Ref:
			if c.To == nil {
				t.Errorf("%s: a reference to nothing", id)
			}
		case *Includes:
			if c.Mask <= 0 || c.Mask > p.Slots[c.Slot].Max {
				t.Errorf("%s: mask %b", id, c.Mask)
			}
		}
		return true
	})
}

func checkRanges(t testing.TB, p *Pack, id string, c *In) {
	t.Helper()
	d := p.domain(c)
	if len(c.Ranges) == 0 || c.Ranges[0] == d {
		t.Errorf("%s: %v is always or never in %v", id, c.Ranges, d)
	}
	for i, r := range c.Ranges {
		if r.From > r.To || r.From < d.From || r.To > d.To || i > 0 && r.From <= c.Ranges[i-1].To+1 {
			t.Errorf("%s: ranges %v of %v", id, c.Ranges, d)
		}
	}
}
