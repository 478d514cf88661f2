package pack

import (
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
)

// What an instrument may have; published ones have far less.
const (
	maxItems  = 200
	maxGrades = 20
	maxTotal  = 100_000

	maxMilestones = 20
)

// readInstrument reads what an instrument has beside the common keys.
func (f fields) readInstrument(q *Question) {
	q.Worse = WorseHigher
	f.readItems(q)
	f.readTotal(q)
	q.Bands = f.get("bands").bands(q.Min, q.Max, q.Max > q.Min)
	f.readFill(q)
	for _, change := range []struct {
		key  string
		into *int
	}{{"reliable_change", &q.ReliableChange}, {"remission", &q.Remission}} {
		if at := f.get(change.key); at.present() {
			*change.into, _ = at.wholeIn(1, max(1, int(q.Max)))
		}
	}
	f.readMilestones(q)
}

// readMilestones reads below which total one is expected to be after so many
// weeks.
func (f fields) readMilestones(q *Question) {
	list := f.get("milestones")
	if isList(list) && list.size() > maxMilestones {
		list.report(problem{code: "list-length", message: fmt.Sprintf("%d milestones; expected at most %d", list.size(), maxMilestones)})
		return
	}
	list.elements(func(c cursor) {
		f, ok := c.fields("weeks", "below")
		if !ok {
			return
		}
		m := Milestone{At: c.r.span(c.node)}
		weeks, below := f.need("weeks"), f.need("below")
		if weeks.present() {
			m.Weeks, _ = weeks.wholeIn(1, maxDays/7)
		}
		if below.present() && q.Max > q.Min {
			n, _ := below.wholeIn(max(1, int(q.Min)+1), int(q.Max))
			m.Below = Value(n)
		}
		if n := len(q.Milestones); n > 0 && m.Weeks > 0 && m.Weeks <= q.Milestones[n-1].Weeks {
			weeks.report(problem{code: "milestone-order", message: fmt.Sprintf("week %d comes after week %d; expected the milestones in the order of time", m.Weeks, q.Milestones[n-1].Weeks)})
		}
		q.Milestones = append(q.Milestones, m)
	})
	if isList(list) && list.size() == 0 {
		list.report(problem{code: "list-empty", message: "no milestones; expected at least one, or none of the key"})
	}
}

func (f fields) readItems(q *Question) {
	items, grades := f.get("items"), f.get("grades")
	if isList(items) && items.size() > maxItems || isList(grades) && grades.size() > maxGrades {
		f.owner().report(problem{code: "list-length", message: fmt.Sprintf("%d items with %d grades; expected at most %d and %d", items.size(), grades.size(), maxItems, maxGrades)})
		return
	}
	items.elements(func(c cursor) {
		q.Items = append(q.Items, Item{Text: c.text(), At: c.r.span(c.node)})
	})
	grades.elements(func(c cursor) {
		q.Grades = append(q.Grades, Option{ID: fmt.Sprint(len(q.Grades)), Label: c.text(), At: c.r.span(c.node)})
	})
	switch {
	case items.key != nil && grades.key == nil:
		items.reportKey(problem{code: "key-missing", message: `items without "grades"; expected the answers that every item takes, worth 0, 1, 2, …`})
	case items.key == nil && grades.key != nil:
		grades.reportKey(problem{code: "key-missing", message: `grades without "items"; expected the items that take them`})
	case isList(items) && len(q.Items) == 0:
		items.report(problem{code: "list-empty", message: "no items; expected at least one, or a total alone"})
	case isList(grades) && len(q.Grades) < 2:
		grades.report(problem{code: "list-length", message: fmt.Sprintf("found %s; expected 2 to %d", countOf(len(q.Grades), "grade"), maxGrades)})
	}
	if len(q.Grades) < 2 {
		q.Items, q.Grades = nil, nil
	}
}

func isList(c cursor) bool { return c.present() && c.node.Kind == yaml.SequenceNode }

// readTotal reads the bounds of the total, which follow from the items where
// there are any.
func (f fields) readTotal(q *Question) {
	total := f.get("total")
	if len(q.Items) > 0 {
		q.Max = Value(len(q.Items) * (len(q.Grades) - 1))
	}
	if total.key == nil {
		if f.get("items").key == nil && f.get("grades").key == nil {
			f.owner().report(problem{code: "key-missing", message: `missing key "total"; expected {min: …, max: …}, or items with grades`})
		}
		return
	}
	t, ok := total.fields("min", "max")
	if !ok {
		return
	}
	lo, hi := t.bounds("min", "max", 0, true)
	switch {
	case hi > maxTotal || lo < -maxTotal:
		total.report(problem{code: "number-range", message: fmt.Sprintf("a total of %d to %d; expected at most %d", lo, hi, maxTotal)})
	case hi > lo && len(q.Items) > 0 && (lo != 0 || hi != q.Max):
		total.report(problem{code: "total-items", message: fmt.Sprintf("the total is %d to %d, but %s worth 0 to %d add up to 0 to %d", lo, hi, countOf(len(q.Items), "item"), len(q.Grades)-1, q.Max)})
	case len(q.Items) == 0:
		q.Min, q.Max = lo, hi
	}
}

// bands reads named intervals that have to cover from least to most in order,
// without a gap and without an overlap. Where known is false the bounds have a
// problem of their own and are not looked at.
func (c cursor) bands(least, most Value, known bool) (all []Band) {
	var at []fields
	before := len(c.r.ds)
	c.entries("a mapping of band ids to {label, from, to}", func(c cursor) {
		c.checkID(c.key)
		f, ok := c.fields("label", "from", "to")
		if !ok {
			known = false
			return
		}
		b := Band{ID: c.key.Value, Label: f.need("label").text(), At: c.keySpan()}
		b.From, b.To = f.bounds("from", "to", 0, false)
		known = known && f.get("from").present() && f.get("to").present()
		all, at = append(all, b), append(at, f)
	})
	switch {
	case !c.present() || c.node.Kind != mappingNode:
	case c.size() == 0:
		c.report(problem{code: "list-empty", message: "no bands; expected at least one"})
	case known && len(c.r.ds) == before:
		checkBandOrder(all, at, least, most)
	}
	return all
}

// checkBandOrder reports the first band that does not follow on the one before
// it, and a last one that does not end where the values do.
func checkBandOrder(all []Band, at []fields, least, most Value) {
	for i := 1; i < len(all); i++ {
		if all[i].From < all[i-1].From {
			at[i].reportKey(problem{code: "band-order", message: fmt.Sprintf("band %q begins below band %q, which is before it; expected them from low to high", all[i].ID, all[i-1].ID)})
			return
		}
	}
	if all[0].From != least {
		at[0].get("from").report(problem{code: "band-range", message: fmt.Sprintf("the first band begins at %d; expected %d, the least value", all[0].From, least)})
		return
	}
	for i := 1; i < len(all); i++ {
		last, b := all[i-1], all[i]
		if b.From == last.To+1 {
			continue
		}
		p := problem{code: "band-gap", message: fmt.Sprintf("band %q begins at %d; expected %d, after band %q", b.ID, b.From, last.To+1, last.ID),
			related: []diag.Related{{At: last.At, Message: fmt.Sprintf("band %q ends at %d", last.ID, last.To)}}}
		if b.From <= last.To {
			p.code = "band-overlap"
		}
		at[i].get("from").report(p)
		break
	}
	if n := len(all) - 1; all[n].To != most {
		at[n].get("to").report(problem{code: "band-range", message: fmt.Sprintf("the last band ends at %d; expected %d, the greatest value", all[n].To, most)})
	}
}

func (f fields) readFill(q *Question) {
	at := f.get("fill")
	if !at.present() {
		return
	}
	fill, ok := at.fields("at_most", "never")
	if !ok {
		return
	}
	if len(q.Items) == 0 {
		if f.get("items").key == nil {
			at.reportKey(problem{code: "key-kind", message: "fill without items; expected it only where there are items to fill in"})
		}
		return
	}
	if most := fill.need("at_most"); most.present() {
		q.Fill.AtMost, _ = most.wholeIn(1, len(q.Items)-1)
	}
	fill.get("never").elements(func(c cursor) {
		n, ok := c.wholeIn(1, len(q.Items))
		if ok && slices.Contains(q.Fill.Never, n-1) {
			c.report(problem{code: "listed-twice", message: fmt.Sprintf("item %d is listed twice", n)})
		} else if ok {
			q.Fill.Never = append(q.Fill.Never, n-1)
		}
	})
}
