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
		it.Mark, it.Word, it.Basis = markFails, "Not so", b.behind(f.Slots)
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

// tooMuch says that nothing argues for the levels above. The reasons one by one
// are among what one looks up: there are many, and what comes nearest to
// holding is told by what would change the level.
func (b *builder) tooMuch() {
	var short []line
	var full []part
	for _, l := range b.above() {
		findings := b.why.against(l)
		if len(findings) == 0 {
			continue
		}
		short = append(short, line{Text: noneHolds(l, len(findings))})
		full = append(full, b.heldOff(l, findings))
	}
	add(&b.doc.Core, "more", "What would be too much", part{Lines: short})
	b.heldOffParts = full
}

// above are the levels that no completion of the answers can reach any more.
func (b *builder) above() []*pack.Level {
	highest := b.r.Possible[len(b.r.Possible)-1]
	return b.p.Levels[highest.Index+1:]
}

// heldOffSection lists every reason for a level above and the answers that keep
// it from holding, on one line each, so that somebody who asks why it is not
// more finds the criterion.
func (b *builder) heldOffSection() {
	addLookup(&b.doc.Details, "held-off", "Reasons for more that do not hold", b.heldOffParts...)
}

func (b *builder) heldOff(l *pack.Level, findings []engine.Finding) part {
	p := part{Head: capital(shortName(l))}
	for _, f := range findings {
		it := b.finding(f)
		var answers []string
		for _, a := range it.Basis {
			answers = append(answers, a.Label+": "+a.Value.Text)
		}
		it.Basis = nil
		if len(answers) > 0 {
			it.Text.Text = strings.TrimSuffix(it.Text.Text, ".") + " (" + strings.Join(answers, "; ") + ")."
		}
		p.Items = append(p.Items, it)
	}
	return p
}

func noneHolds(l *pack.Level, n int) string {
	name := capital(shortName(l))
	switch n {
	case 1:
		return name + ": the one reason for it does not hold."
	case 2:
		return name + ": neither of the 2 reasons for it holds."
	}
	return fmt.Sprintf("%s: none of the %d reasons for it holds.", name, n)
}
