package report

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// turning is what would give the next level up or down. Changes that reach
// further are among what one looks up.
func (b *builder) turning() {
	var near, far part
	for _, l := range b.turnedTo() {
		items := b.flipsTo(l)
		if b.isNext(l) {
			near.Items = append(near.Items, items...)
		} else {
			far.Items = append(far.Items, items...)
		}
	}
	add(&b.doc.Core, "flips", "What would change it", near)
	b.farFlips = far
}

// turnedTo are the levels that a change leads to, nearest first.
func (b *builder) turnedTo() []*pack.Level {
	if b.r.Level == nil {
		return nil
	}
	at := b.r.Level.Index
	out := nearestFirst(b.p.Levels[:at])
	return append(out, b.p.Levels[at+1:]...)
}

// isNext reports whether no change leads to a level between l and the
// recommended one.
func (b *builder) isNext(l *pack.Level) bool {
	at := b.r.Level.Index
	for _, f := range b.why.flips {
		between := f.level.Index > l.Index && f.level.Index < at || f.level.Index < l.Index && f.level.Index > at
		if between {
			return false
		}
	}
	return true
}

// flipsTo says which changes lead to a level: those of one answer in one list,
// those of two in a sentence each.
func (b *builder) flipsTo(l *pack.Level) []item {
	var out []item
	single := item{Word: capital(shortName(l)), Text: line{Text: "if one of these were so:"}}
	last := -1
	for _, f := range b.why.flips {
		switch {
		case f.level != l:
		case len(f.changes) == 1:
			c := f.changes[0]
			if n := len(single.Basis); c.slot == last {
				single.Basis[n-1].Value.Text = b.orAlso(single.Basis[n-1].Value.Text, c)
			} else {
				single.Basis = append(single.Basis, fact{Label: b.slotName(c.slot), Value: line{Text: b.quoted(c.slot, c.to) + b.now(c)}})
			}
			last = c.slot
		default:
			out = append(out, b.pair(f))
		}
	}
	if len(single.Basis) == 1 {
		single.Text.Text = "if this were so:"
	}
	if len(single.Basis) > 0 {
		out = append([]item{single}, out...)
	}
	return out
}

// now says what the answer is, after what it would have to be.
func (b *builder) now(c change) string { return ", now " + b.quoted(c.slot, c.from) }

// orAlso puts another answer to the same question before what it is now.
func (b *builder) orAlso(text string, c change) string {
	return strings.TrimSuffix(text, b.now(c)) + " or " + b.quoted(c.slot, c.to) + b.now(c)
}

func (b *builder) pair(f flip) item {
	var changes []string
	for _, c := range f.changes {
		changes = append(changes, fmt.Sprintf("%s were %s (now %s)", b.noun(c.slot), b.quoted(c.slot, c.to), b.quoted(c.slot, c.from)))
	}
	return item{Word: capital(shortName(f.level)), Text: line{Text: "if " + strings.Join(changes, " and ") + "."}}
}

// turningDetails are the changes that reach further, and a smallest set of
// answers that gives the level by itself.
func (b *builder) turningDetails() {
	addLookup(&b.doc.Details, "far-flips", "What would change it by more", b.farFlips)
	if b.r.Level == nil || len(b.why.sufficient) == 0 {
		return
	}
	addLookup(&b.doc.Details, "sufficient", "What settles it", part{
		Lines: []line{{Text: "Whatever the other answers are, these alone give " + shortName(b.r.Level) + ":"}},
		Facts: b.behind(b.why.sufficient)})
}

// noun names a question inside a sentence.
func (b *builder) noun(slot int) string {
	if s := b.p.Slots[slot]; !s.IsItem() {
		return clean(s.Question.Noun())
	}
	return b.slotName(slot)
}

func (b *builder) quoted(slot int, v pack.Value) string {
	label := clean(b.p.AnswerLabel(slot, v))
	if k := b.p.Slots[slot].Question.Kind; v.Known() && k != pack.Number && k != pack.YesNo && k != pack.Instrument {
		return "“" + label + "”"
	}
	return label
}
