package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// whySections give the reasons: for the level, against less, against more, and
// what would turn the recommendation.
func (b *builder) whySections() {
	if b.r.Level == nil {
		b.whatCould()
		b.whatHolds()
	} else {
		b.whyLevel(b.r.Level)
	}
	add(&b.doc.Core, "other-levels", "Why not less, why not more", append(b.notEnough(), b.tooMuch()...)...)
	b.turning()
}

func (b *builder) whyLevel(l *pack.Level) {
	p := part{Items: b.holding(func(at *pack.Level) bool { return at == l })}
	if len(p.Items) == 0 && l.Index == 0 && len(b.p.Levels) > 1 {
		p.Lines = []line{{Text: "Nothing in the answers argues for more than " + shortName(l) + ", the level that is recommended then."}}
	}
	add(&b.doc.Core, "why", "Why "+shortName(l), p, b.boundTo(l), b.supports())
}

// boundTo are reasons none of which holds yet, and one of which will: the
// answers leave no other way. They are why less than l is ruled out.
func (b *builder) boundTo(l *pack.Level) part {
	if len(b.r.OneOf) == 0 {
		return part{}
	}
	p := part{Head: "Whatever the missing answers are", Intro: "at least one of these holds, each of which argues for at least " + shortName(l) + ":"}
	for _, f := range b.r.OneOf {
		p.Flow = append(p.Flow, b.criterion(f.Criterion))
		p.Waits = append(p.Waits, b.waiting(f.Slots)...)
	}
	slices.Sort(p.Waits)
	p.Waits = slices.Compact(p.Waits)
	return p
}

// holding are the indications that hold at the levels that want selects.
func (b *builder) holding(want func(*pack.Level) bool) []item {
	var out []item
	for _, f := range b.r.Indications {
		if want(f.Criterion.Level) {
			out = append(out, b.finding(f))
		}
	}
	return out
}

// finding is an indication that holds, with the answers behind it.
func (b *builder) finding(f engine.Finding) item {
	return item{Mark: markHolds, Text: b.line(sentence(f.Criterion.Because), f.Criterion.Sources),
		ID: clean(f.Criterion.ID), Basis: b.behind(f.Slots)}
}

// supports are facts in favour, without which the level would be the same:
// they take less room than the reasons.
func (b *builder) supports() part {
	p := part{Head: "In favor, too"}
	for _, f := range b.r.Supports {
		if f.Criterion.Level == b.r.Level {
			p.Flow = append(p.Flow, b.clause(f.Criterion))
		}
	}
	return p
}

// clause is a criterion as part of a sentence, where its id matters little.
func (b *builder) clause(c *pack.Criterion) phrase {
	return phrase{Text: b.line(clause(requirementText(b.p, c)), c.Sources)}
}

// criterion is a criterion as part of a sentence.
func (b *builder) criterion(c *pack.Criterion) phrase {
	return phrase{Text: b.line(clause(requirementText(b.p, c)), c.Sources), ID: clean(c.ID)}
}

// notEnough says what argues for more than the levels below: the reasons
// already given, and those that hold at a level in between.
func (b *builder) notEnough() []part {
	least := b.r.Possible[0]
	lower := nearestFirst(b.p.Levels[:least.Index])
	if len(lower) == 0 {
		return nil
	}
	intro := "not enough; the reasons above argue for at least " + shortName(least) + "."
	if way := b.wayTo(lower[0]); len(way) > 1 && !b.isEmergency() {
		intro += fmt.Sprintf(" The nearest way to %s has %d other answers: %s.", shortName(lower[0]), len(way), strings.Join(way, ", "))
	}
	parts := []part{{Head: capital(joined(shortNames(lower), "and")), Intro: intro}}
	for _, m := range lower {
		if b.r.Level != nil && m.Index > 0 && !b.isEmergency() {
			parts = append(parts, b.besides(m))
		}
	}
	return parts
}

// wayTo words the changes of the nearest way to a level, one an answer.
func (b *builder) wayTo(l *pack.Level) []string {
	var out []string
	for _, c := range b.why.nearestTo(l) {
		out = append(out, b.oneOf([]change{c}))
	}
	return out
}

func (b *builder) besides(l *pack.Level) part {
	p := part{Head: "Besides, for at least " + shortName(l)}
	for _, f := range b.r.Indications {
		if f.Criterion.Level == l {
			p.Flow = append(p.Flow, b.criterion(f.Criterion))
		}
	}
	return p
}

func nearestFirst(levels []*pack.Level) []*pack.Level {
	var out []*pack.Level
	for i := len(levels) - 1; i >= 0; i-- {
		out = append(out, levels[i])
	}
	return out
}

// whatHolds are the indications that hold already while the level is open.
func (b *builder) whatHolds() {
	p := part{Items: b.holding(func(*pack.Level) bool { return true })}
	for i, f := range b.r.Indications {
		p.Items[i].Word = "At least " + shortName(f.Criterion.Level)
	}
	add(&b.doc.Core, "holds", "What holds already", p, b.boundTo(b.r.Possible[0]))
}

// whatCould says what each possible level would need: for the least, that
// nothing more comes up, and for the others one of the reasons that are open.
func (b *builder) whatCould() {
	least := b.r.Possible[0]
	parts := []part{{Head: capital(shortName(least)), Intro: "if no reason for more comes up."}}
	for _, l := range b.r.Possible[1:] {
		parts = append(parts, b.could(l))
	}
	add(&b.doc.Core, "open", "What each level would need", parts...)
}

// could are the reasons for a level that are open, as long as they are few.
func (b *builder) could(l *pack.Level) part {
	const few = 4
	p := part{Head: capital(shortName(l)), Intro: "if this holds:"}
	waits := make([]bool, len(b.p.Slots))
	n := 0
	for _, f := range b.r.Open {
		if f.Criterion.Level != l {
			continue
		}
		if n++; n <= few {
			p.Flow = append(p.Flow, b.criterion(f.Criterion))
		}
		for _, s := range f.Slots {
			waits[s] = true
		}
	}
	if n > 1 {
		p.Intro = fmt.Sprintf("if one of %d open reasons holds:", n)
	}
	if n > few {
		p.Flow = append(p.Flow, phrase{Text: line{Text: fmt.Sprintf("and %d more", n-few)}})
	}
	if n == 0 {
		p.Intro = "if the missing answers call for it."
	}
	// All of many are among what can decide.
	if names := b.waiting(slotsOf(waits)); len(names) <= few+1 {
		p.Waits = names
	}
	return p
}

func slotsOf(is []bool) []int {
	var out []int
	for s, yes := range is {
		if yes {
			out = append(out, s)
		}
	}
	return out
}
