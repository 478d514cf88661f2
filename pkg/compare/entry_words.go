package compare

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// entries lists the criteria, services, notes, guarantees, conditions and scores
// that differ in more than words.
func (w *words) entries() []item {
	out := w.movedTogether()
	for i := range w.d.Entries {
		e := &w.d.Entries[i]
		alike := e.Old != nil && e.New != nil && !e.Moved && !e.Course && e.Meaning <= Rewritten
		if e.Kind() != Source && !alike && !w.withLevel(e) {
			out = append(out, w.entry(e))
		}
	}
	return out
}

// withLevel reports whether all that differs about a criterion is that its
// level may have a new name.
func (w *words) withLevel(e *EntryChange) bool {
	if e.Old == nil || e.New == nil || e.Old.Level == nil || e.Course || e.Meaning > Rewritten {
		return false
	}
	for i := range w.d.Levels {
		if c := &w.d.Levels[i]; c.Old == nil && c.New == e.New.Level {
			return c.Like == e.Old.Level
		}
	}
	return false
}

// movedTogether says once for each new level what came from the one that it
// may be.
func (w *words) movedTogether() []item {
	var out []item
	for i := range w.d.Levels {
		c := &w.d.Levels[i]
		if c.Old != nil || c.Like == nil {
			continue
		}
		var counts [Service]int
		for k := range w.d.Entries {
			if e := &w.d.Entries[k]; w.withLevel(e) && e.New.Level == c.New {
				counts[e.Kind()]++
			}
		}
		var kinds []string
		for kind, n := range counts {
			if n > 0 {
				kinds = append(kinds, countOf(n, EntryKind(kind).String()))
			}
		}
		if len(kinds) > 0 {
			out = append(out, item{text: fmt.Sprintf("Changed: %s of %s are with %s now, and say the same", strings.Join(kinds, ", "), id(c.Like.ID), id(c.New.ID))})
		}
	}
	return out
}

func (w *words) entry(e *EntryChange) item {
	var out item
	name := e.Kind().String() + " " + id(e.ID())
	switch {
	case e.Old == nil:
		out.text = "Added: " + name + placed(e.New) + likeEntry(e, "was")
		out.then = append(said("when", w.d.New, e.New), saidOverTime("when", w.d.New, e.New)...)
	case e.New == nil:
		out.text = "Removed: " + name + placed(e.Old) + likeEntry(e, "is now")
		out.then = append(said("was", w.d.Old, e.Old), saidOverTime("was", w.d.Old, e.Old)...)
	default:
		out.text = "Changed: " + name
		if !e.Moved || e.Old.Level != nil {
			out.text += placed(e.New)
		}
		out.text += "; " + meaningWords(e)
		if e.Meaning > Rewritten && e.Kind() != Score {
			out.then = w.conditions(e)
		}
		out.then = append(out.then, w.course(e)...)
	}
	if effect := w.effect(e); effect != "" {
		out.then = append(out.then, effect)
	}
	return out
}

func placed(e *Entry) string {
	switch {
	case e.Kind == Indication:
		return " for " + levelName(e.Level)
	case e.Level != nil:
		return " of " + levelName(e.Level)
	case e.Rank != "":
		return " (" + clean(e.Rank) + ")"
	}
	return ""
}

func likeEntry(e *EntryChange, verb string) string {
	if e.Like == nil {
		return ""
	}
	return fmt.Sprintf("; perhaps it %s %s, which says the same", verb, id(e.Like.ID))
}

func meaningWords(e *EntryChange) string {
	var out []string
	if e.Moved && e.Old.Level != nil && e.Old.Level.ID != e.New.Level.ID {
		out = append(out, "was with "+levelName(e.Old.Level))
	} else if e.Moved {
		out = append(out, fmt.Sprintf("was %s, and is %s", orNothing(e.Old.Rank), orNothing(e.New.Rank)))
	}
	switch e.Meaning {
	case Wider:
		out = append(out, "wider: it holds where it held, and elsewhere")
	case Narrower:
		out = append(out, "narrower: in some places it no longer holds")
	case Other:
		if e.Kind() == Score {
			out = append(out, "adds up otherwise")
		} else {
			out = append(out, "it holds in new places, and no longer in some old ones")
		}
	case Unsure:
		out = append(out, "written otherwise; whether it means the same was not found out")
	}
	if e.Course {
		out = append(out, "says something else over time")
	}
	return strings.Join(out, "; ")
}

func orNothing(rank string) string {
	if rank == "" {
		return "nothing"
	}
	return clean(rank)
}

// said is the condition of an entry that only one pack has.
func said(label string, p *pack.Pack, e *Entry) []string {
	switch {
	case e.Kind == Score || e.Kind == Source || e.When == nil && e.course != nil:
		return nil
	case e.When == nil:
		return []string{label + ": for everybody"}
	}
	return []string{label + ": " + clean(p.Describe(e.When))}
}

// conditions shows in which lines two conditions differ, and for how many
// answers each holds.
func (w *words) conditions(e *EntryChange) []string {
	gone, come := differing(lines(w.d.Old, e.Old), lines(w.d.New, e.New))
	var out []string
	for _, l := range gone {
		out = append(out, "was: "+l)
	}
	for _, l := range come {
		out = append(out, "now: "+l)
	}
	if len(out) == 0 {
		out = append(out, "reads as before, but the questions that it tests have other answers or other ids")
	}
	if o, n := e.Holds[Old], e.Holds[New]; o.Whole != nil {
		out = append(out, fmt.Sprintf("held for %s of the answers, holds for %s", o.words(), n.words()))
	}
	return out
}

func lines(p *pack.Pack, e *Entry) []string {
	if e.When == nil {
		return []string{"for everybody"}
	}
	var out []string
	for _, l := range p.DescribeLines(e.When) {
		out = append(out, clean(l.Text))
	}
	return out
}

// differing returns the lines that are not in a longest common part of both.
func differing(a, b []string) (gone, come []string) {
	longest := make([][]int, len(a)+1)
	for i := range longest {
		longest[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for k := len(b) - 1; k >= 0; k-- {
			if longest[i][k] = max(longest[i+1][k], longest[i][k+1]); a[i] == b[k] {
				longest[i][k] = longest[i+1][k+1] + 1
			}
		}
	}
	i, k := 0, 0
	for i < len(a) || k < len(b) {
		switch {
		case i < len(a) && k < len(b) && a[i] == b[k]:
			i, k = i+1, k+1
		case k == len(b) || i < len(a) && longest[i+1][k] >= longest[i][k+1]:
			gone = append(gone, a[i])
			i++
		default:
			come = append(come, b[k])
			k++
		}
	}
	return gone, come
}

// effect says what an indication that differs does to the level.
func (w *words) effect(e *EntryChange) string {
	m := w.d.Moves
	switch {
	case e.Kind() != Indication || m == nil:
		return ""
	case m.Causes == nil && m.Changed.Sign() > 0:
		return "what it does to the level was not found out: that would take too much"
	case e.Effect == nil:
		return "no combination changes level by it"
	}
	text := fmt.Sprintf("has a part in %s changes of level", number(e.Effect.Count))
	switch {
	case e.Effect.Alone == nil:
		return text
	case e.Effect.Alone.Cmp(m.Changed) == 0:
		return text + "; had it stayed as it was, there would be none"
	case e.Effect.Alone.Sign() == 0:
		return text + "; had it stayed as it was, there would be as many"
	}
	return text + fmt.Sprintf("; had it stayed as it was, there would be %s fewer", number(e.Effect.Alone))
}
