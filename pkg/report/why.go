package report

import (
	"fmt"
	"io"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// WhyText answers for a terminal why the recommendation is, or is not, one
// level: as one tells a reviewer on the telephone. The input needs its
// explanation.
func WhyText(w io.Writer, in Input, l *pack.Level, opts TextOptions) error {
	t := newTexter(opts)
	t.document(buildWhy(in, l))
	return t.flush(w)
}

// WhyMarkdown is WhyText as a note for a chart.
func WhyMarkdown(w io.Writer, in Input, l *pack.Level) error {
	m := &marker{}
	m.document(buildWhy(in, l))
	_, err := io.WriteString(w, m.b.String())
	return err
}

// WhyHTML is WhyText as a page.
func WhyHTML(w io.Writer, in Input, l *pack.Level) error { return writePage(w, buildWhy(in, l)) }

// standing says how a level stands to a recommendation.
type standing int

const (
	recommended standing = iota
	stillOpen            // among several possible levels
	tooLittle
	tooMuch
)

// String returns the standing as the JSON spells it.
func (s standing) String() string {
	return [...]string{"recommended", "possible", "too_little", "too_much"}[s]
}

func standingOf(r *engine.Recommendation, l *pack.Level) standing {
	switch {
	case l == r.Level:
		return recommended
	case slices.Contains(r.Possible, l):
		return stillOpen
	case l.Index < r.Possible[0].Index:
		return tooLittle
	}
	return tooMuch
}

// buildWhy writes a document about one level.
func buildWhy(in Input, l *pack.Level) *document {
	b := newBuilder(in)
	b.headline()
	b.doc.Core = nil
	switch standingOf(b.r, l) {
	case recommended:
		b.whyLevel(l)
		add(&b.doc.Core, "sufficient", "What settles it", b.settles())
	case tooLittle:
		b.whyNotLess(l)
	case tooMuch:
		b.whyNotMore(l)
	default:
		b.whyOpen(l)
	}
	b.close()
	return &b.doc
}

// whyNotLess lists all that argues for more than a level.
func (b *builder) whyNotLess(l *pack.Level) {
	p := part{}
	for _, f := range b.why.above(b.r, l) {
		it := b.finding(f)
		it.Word = "At least " + shortName(f.Criterion.Level)
		if f.State == engine.Unknown {
			it.Mark, it.Basis, it.Wants = markUnknown, nil, b.waiting(f.Slots)
		}
		p.Items = append(p.Items, it)
	}
	switch n := len(p.Items); {
	case len(b.r.OneOf) == n:
		p.Lines = []line{{Text: capital(shortName(l)) + " would be too little: whatever the missing answers are, at least one of these holds."}}
	case n == 1:
		p.Lines = []line{{Text: capital(shortName(l)) + " would be too little: one reason argues for more."}}
	default:
		p.Lines = []line{{Text: fmt.Sprintf("%s would be too little: %d reasons argue for more, and each is enough by itself.", capital(shortName(l)), n)}}
	}
	add(&b.doc.Core, "why-not", "Why not "+shortName(l), p)
	b.wayThere(l)
}

// whyNotMore lists what argues for a level and does not hold, with what each
// would take.
func (b *builder) whyNotMore(l *pack.Level) {
	p := part{}
	for _, f := range b.why.notHolding(l) {
		p.Items = append(p.Items, b.missingReason(f))
	}
	text := "nothing argues for as much. None of its " + count(len(p.Items), "reason") + " holds."
	switch len(p.Items) {
	case 0:
		text = "the rules have no reason for it."
	case 1:
		text = "nothing argues for as much. Its one reason does not hold."
	}
	p.Lines = []line{{Text: capital(shortName(l)) + " would be more than the answers call for: " + text}}
	add(&b.doc.Core, "why-not", "Why not "+shortName(l), p)
	b.wayThere(l)
}

// whyOpen says what keeps a level possible while it is undetermined.
func (b *builder) whyOpen(l *pack.Level) {
	p := part{Lines: []line{{Text: capital(shortName(l)) + " is still possible: it depends on answers that are missing."}}}
	if l == b.r.Possible[0] {
		p.Lines = append(p.Lines, line{Text: "It is the level if no reason for more comes up."})
	}
	for _, f := range b.r.Indications {
		if f.Criterion.Level == l {
			p.Items = append(p.Items, b.finding(f))
		}
	}
	for _, f := range b.r.Open {
		if f.Criterion.Level == l {
			p.Items = append(p.Items, b.missingReason(f))
		}
	}
	add(&b.doc.Core, "why-open", "Why "+shortName(l)+" is open", p)
	add(&b.doc.Core, "deciding", "What can decide", b.deciding())
}

// missingReason is a reason that does not hold, with the answers that hold it
// off, or that it waits for, and what it takes.
func (b *builder) missingReason(f engine.Finding) item {
	it := b.finding(f)
	it.Mark = markFails
	if f.State == engine.Unknown {
		it.Mark, it.Basis, it.Wants = markUnknown, nil, b.waiting(f.Slots)
	}
	it.Then = []fact{{Label: "It takes", Value: line{Text: sentence(clean(b.p.Describe(f.Criterion.When)))}}}
	return it
}

// wayThere is the nearest way to a level.
func (b *builder) wayThere(l *pack.Level) {
	if b.r.Level == nil {
		return
	}
	way := b.wayTo(l)
	p := part{Intro: fmt.Sprintf("At least %d answers would have to be different for %s, for example:", len(way), shortName(l))}
	switch {
	case len(way) == 0:
		return
	case slices.ContainsFunc(b.why.nearestTo(l), func(c change) bool { return !c.from.Known() }):
		p.Intro = "It would be " + shortName(l) + ", for example, if these were so:"
	case len(way) == 1:
		p.Intro = "One other answer is enough for " + shortName(l) + ", for example:"
	}
	for _, w := range way {
		p.Flow = append(p.Flow, phrase{Text: line{Text: w}})
	}
	add(&b.doc.Core, "nearest", "The nearest way to "+shortName(l), p)
}
