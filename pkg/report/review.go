package report

import (
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// ReviewInput is what the report of a review is about.
type ReviewInput struct {
	Input  // of the assessment that is reviewed
	Review *review.Review
}

// ReviewText writes the report of a review for a terminal or a plain file: the
// verdict and what to do, what readiness for less lacks, what has changed, when
// to look again, and then what the recommendation's own report says. Who gets
// only this needs nothing else.
func ReviewText(w io.Writer, in ReviewInput, opts TextOptions) error {
	t := newTexter(opts)
	t.document(buildReview(in))
	return t.flush(w)
}

// ReviewMarkdown is ReviewText as a note for a chart.
func ReviewMarkdown(w io.Writer, in ReviewInput) error {
	m := &marker{}
	m.document(buildReview(in))
	_, err := io.WriteString(w, m.b.String())
	return err
}

// ReviewHTML is ReviewText as a page.
func ReviewHTML(w io.Writer, in ReviewInput) error { return writePage(w, buildReview(in)) }

// reviewer writes the document of a review with the means of a
// recommendation's.
type reviewer struct {
	*builder
	v   *review.Review
	now *pack.Level // where the person is
}

func buildReview(in ReviewInput) *document {
	b := reviewer{newBuilder(in.Input), in.Review, in.Review.Present.Level}
	b.plan = b.planned()
	b.reviewHeadline()
	b.reviewGlance()
	rest := b.reasons()
	b.signs()
	b.record()
	b.placed()
	b.changes()
	b.measures()
	b.dates()
	b.doc.Core = append(b.doc.Core, rest...)
	b.openSections()
	b.planSection()
	b.described()
	b.checkSections()
	b.earlier()
	b.answerSection()
	b.limits()
	b.close()
	return &b.doc
}

// body is where what one reads stands. In an emergency that is as little as
// possible, and the rest is there to be looked up.
func (b *reviewer) body() *[]section {
	if b.isEmergency() {
		return &b.doc.Details
	}
	return &b.doc.Core
}

// reasons are why the verdict is what it is: what leaving the level needs, where
// that is the question, and why the answers call for what they call for. What
// else the recommendation's own report says of reasons comes back, for later.
func (b *reviewer) reasons() (rest []section) {
	b.outstanding()
	core := b.doc.Core
	b.doc.Core = nil
	b.whySections()
	for _, s := range b.doc.Core {
		switch s.ID {
		case "why":
			s.Title = "Why the answers call for " + inside(shortName(b.r.Level))
			core = append(core, s)
		case "open", "holds":
			core = append(core, s)
		default:
			rest = append(rest, s)
		}
	}
	b.doc.Core = core
	return rest
}

// planned is the plan for the level to which the verdict leads; nil where it is
// open which that is. What the review knows better, from more than one
// assessment, stands in sections of its own.
func (b *reviewer) planned() *plan {
	to := b.v.To
	if to == nil || to.Emergency || b.r.Level == nil || b.r.Level.Emergency {
		return nil
	}
	in := b.in
	in.Placement = &pack.Placement{Level: to.ID, Date: in.Date}
	p := newPlan(in)
	if p.placed, p.due.placed = nil, false; to != b.now {
		return p // nobody has chosen it yet
	}
	p.due, p.ready, p.signs = dues{}, nil, nil
	for _, s := range b.v.Signs {
		if !s.Seen() {
			p.signs = append(p.signs, signal{of: s.Sign})
		}
	}
	return p
}

// described are the levels that the review is about, and those that the
// answers may call for.
func (b *reviewer) described() {
	levels := b.inReach()
	if to := b.v.To; to != nil && !slices.Contains(levels, to) {
		levels = append([]*pack.Level{to}, levels...)
	}
	for _, l := range levels {
		b.level(l)
	}
}

// placed says what people decided, held against the verdict rather than against
// what the answers call for.
func (b *reviewer) placed() {
	at := b.in.Placement
	if at == nil {
		return
	}
	b.placement()
	words := b.idTitle(at.Level)
	switch to := b.v.To; {
	case to == nil || b.v.Verdict == review.Undetermined:
		words += ", while this review is undetermined"
	case to.ID == at.Level:
		words += ", as this review says"
	default:
		words += ", and not " + shortName(to) + " as this review says" + reasonWords(at.Reason)
	}
	b.doc.Glance[len(b.doc.Glance)-1].Value.Text = words
}

// earlier lists the assessments before this one.
func (b *reviewer) earlier() {
	var p part
	for _, a := range b.v.Course.Assessments {
		if a == b.v.Now {
			break
		}
		text := "where the person was from then on is not known"
		if a.Level != nil {
			text = capital(shortName(a.Level)) + originWords(a.Origin, "then")
		}
		if name := fileName(a.Name); name != "" {
			text += "; " + name
		}
		p.Facts = append(p.Facts, fact{Label: review.Date(a.Day), Value: line{Text: text}})
	}
	add(&b.doc.Details, "earlier", "Earlier assessments", p)
}

// fileName leaves the folders out: they may say more about a person than a
// report should.
func fileName(path string) string {
	if path == "" {
		return ""
	}
	return clean(filepath.Base(path))
}

// originWords say where it is known from that the person was at a level; when is
// the day of the assessment in a word or a few.
func originWords(o review.Origin, when string) string {
	return map[review.Origin]string{
		review.OriginGiven:       ", as was said when this review was made",
		review.OriginPlaced:      ", as placed",
		review.OriginRecorded:    ", as recommended " + strings.Replace(when, "of ", "on ", 1) + "; no placement is recorded",
		review.OriginRecommended: ", as the rules recommend for the answers " + when + "; no placement is recorded",
	}[o]
}

// takenFrom says where it is known from that the person is where they are.
func (b *reviewer) takenFrom() string {
	return originWords(b.v.Present.Origin, "of "+review.Date(b.v.Before.Day))
}
