package report

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// whySections give the reasons: for the level, against less, against more, and
// what would turn the recommendation.
func (b *builder) whySections() {
	if b.r.Level == nil {
		b.whatHolds()
		b.whatCould()
	} else {
		b.whyLevel(b.r.Level)
		b.notEnough(b.r.Level)
	}
	b.tooMuch()
	b.turning()
}

func (b *builder) whyLevel(l *pack.Level) {
	p := part{Items: b.holding(func(at *pack.Level) bool { return at == l })}
	if len(p.Items) == 0 && l.Index == 0 && len(b.p.Levels) > 1 {
		p.Lines = []line{{Text: "Nothing in the answers argues for more than " + shortName(l) + ", the level that is recommended then."}}
	}
	add(&b.doc.Core, "why", "Why "+shortName(l), p, b.supports())
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

// finding is an indication with the answers behind it and what it waits for.
func (b *builder) finding(f engine.Finding) item {
	it := item{Text: b.line(sentence(f.Criterion.Because), f.Criterion.Sources), ID: clean(f.Criterion.ID)}
	switch f.State {
	case engine.True:
		it.Mark, it.Basis = markHolds, b.behind(f.Slots)
	case engine.False:
		it.Mark, it.Word, it.Basis = markFails, "Does not hold", b.behind(f.Slots)
	case engine.Unknown:
		it.Mark, it.Word, it.Wants = markUnknown, "Open", b.waiting(f.Slots)
	}
	return it
}

func (b *builder) supports() part {
	p := part{Head: "Further support"}
	for _, f := range b.r.Supports {
		if f.Criterion.Level == b.r.Level {
			p.Items = append(p.Items, b.finding(f))
		}
	}
	return p
}

// notEnough says what argues for more than each lower level: the reasons
// already given, and those that hold at a level in between.
func (b *builder) notEnough(l *pack.Level) {
	if l.Index == 0 {
		return
	}
	lower := nearestFirst(b.p.Levels[:l.Index])
	all := part{Lines: []line{{Text: fmt.Sprintf("%s: the reasons above argue for at least %s.",
		capital(joined(shortNames(lower), "and")), shortName(l))}}}
	parts := []part{all}
	for _, m := range lower {
		if m.Index == 0 {
			continue
		}
		items := b.holding(func(at *pack.Level) bool { return at == m })
		parts = append(parts, part{Head: "Besides, these alone argue for at least " + shortName(m), Items: items})
	}
	add(&b.doc.Core, "less", "What would not be enough", parts...)
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
	add(&b.doc.Core, "holds", "What holds already", p)
}

// whatCould are the indications that missing answers could still make hold.
//
// Where there are many, the levels stand for them.
func (b *builder) whatCould() {
	const many = 10
	var p part
	if len(b.r.Open) > many {
		p.Items = b.openByLevel()
	} else {
		for _, f := range b.r.Open {
			it := b.finding(f)
			it.Word = "Could argue for " + shortName(f.Criterion.Level)
			p.Items = append(p.Items, it)
		}
	}
	add(&b.doc.Core, "open", "What could still argue for more", p)
}

func (b *builder) openByLevel() []item {
	var out []item
	for _, l := range nearestFirst(b.p.Levels) {
		n := 0
		waits := make([]bool, len(b.p.Slots))
		for _, f := range b.r.Open {
			if f.Criterion.Level == l {
				n++
				for _, s := range f.Slots {
					waits[s] = true
				}
			}
		}
		if n == 0 {
			continue
		}
		var slots []int
		for s, is := range waits {
			if is {
				slots = append(slots, s)
			}
		}
		out = append(out, item{Mark: markUnknown, Word: capital(shortName(l)), Text: line{Text: count(n, "reason") + " open."}, Wants: b.waiting(slots)})
	}
	return out
}

// tooMuch says what holds every level above off. The nearest is shown
// criterion by criterion, since that is where the decision was; the others in
// a line with the answers that settle them.
func (b *builder) tooMuch() {
	highest := b.r.Possible[len(b.r.Possible)-1]
	var parts []part
	for _, l := range b.p.Levels[highest.Index+1:] {
		findings := b.why.against(l)
		if len(findings) == 0 {
			continue
		}
		if len(parts) == 0 {
			parts = append(parts, b.heldOff(l, findings))
			continue
		}
		parts = append(parts, part{Lines: []line{{Text: b.heldOffShort(l, findings)}}})
	}
	add(&b.doc.Core, "more", "What would be more than the answers call for", parts...)
}

func (b *builder) heldOff(l *pack.Level, findings []engine.Finding) part {
	p := part{Lines: []line{{Text: noneHolds(l, len(findings))}}}
	for _, f := range findings {
		p.Items = append(p.Items, b.finding(f))
	}
	return p
}

func noneHolds(l *pack.Level, n int) string {
	name := capital(shortName(l))
	switch n {
	case 1:
		return name + ": the one thing that would argue for it does not hold."
	case 2:
		return name + ": neither of the 2 things that would argue for it holds."
	}
	return fmt.Sprintf("%s: none of the %d things that would argue for it holds.", name, n)
}

func (b *builder) heldOffShort(l *pack.Level, findings []engine.Finding) string {
	seen := make(map[int]bool)
	var answers []string
	for _, f := range findings {
		for _, s := range f.Slots {
			if !seen[s] {
				seen[s] = true
				answers = append(answers, lowerNoun(b.p, s)+": "+clean(b.p.AnswerLabel(s, b.answerOf(s))))
			}
		}
	}
	text := strings.TrimSuffix(noneHolds(l, len(findings)), ".")
	if len(answers) > 0 {
		return text + " (" + strings.Join(answers, "; ") + ")."
	}
	return text + "."
}

func lowerNoun(p *pack.Pack, slot int) string {
	if s := p.Slots[slot]; !s.IsItem() {
		return clean(s.Question.Noun())
	}
	return slotName(p, slot)
}

// turning is what would give another level, and what already settles this one.
func (b *builder) turning() {
	var parts []part
	for _, f := range b.why.flips {
		parts = append(parts, part{Items: []item{b.flip(f)}})
	}
	add(&b.doc.Core, "flips", "What would change it", mergeItems(parts))
	settled := part{Facts: b.behind(b.why.sufficient)}
	if len(settled.Facts) > 0 {
		settled.Lines = []line{{Text: "Whatever the other answers are, these alone give " + shortName(b.r.Level) + ":"}}
	}
	if b.r.Level != nil {
		add(&b.doc.Core, "sufficient", "What settles it", settled)
	}
}

func mergeItems(parts []part) part {
	var out part
	for _, p := range parts {
		out.Items = append(out.Items, p.Items...)
	}
	return out
}

func (b *builder) flip(f flip) item {
	it := item{Word: capital(shortName(f.level))}
	var changes []string
	for _, c := range f.changes {
		changes = append(changes, fmt.Sprintf("%s were %s (now %s)", lowerNoun(b.p, c.slot), b.quoted(c.slot, c.to), b.quoted(c.slot, c.from)))
	}
	it.Text.Text = "if " + strings.Join(changes, " and ")
	return it
}

func (b *builder) quoted(slot int, v pack.Value) string {
	label := clean(b.p.AnswerLabel(slot, v))
	if k := b.p.Slots[slot].Question.Kind; v.Known() && k != pack.Number && k != pack.YesNo && k != pack.Instrument {
		return "“" + label + "”"
	}
	return label
}
