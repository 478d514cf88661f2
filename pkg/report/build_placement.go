package report

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// placement says what people decided, beside what is recommended: in a few
// words at a glance, and in full in a section of its own. The level may be one
// that these rules do not have.
func (b *builder) placement() {
	at := b.in.Placement
	if at == nil {
		return
	}
	b.fact("Placement", b.placedWords(at))
	var p part
	tell := func(label, text string) {
		if text != "" {
			p.Facts = append(p.Facts, fact{Label: label, Value: line{Text: text}})
		}
	}
	tell("Chosen", b.idTitle(at.Level)+", by "+clean(at.By)+", "+clean(at.Date))
	tell("Recommended", b.recommendedName())
	if then := b.in.Recorded; then != nil && !slices.Equal(then.Levels, levelIDs(b.r.Possible)) {
		tell("Recorded", "Recommended then was "+b.idNames(then.Levels)+"; the rules or the answers have changed since")
	}
	tell("Reason", reasonLabel(at.Reason))
	tell("Note", clean(at.Text))
	add(&b.doc.Core, "placement", "Placement", p)
}

// placedWords hold the chosen level against what is recommended now.
func (b *builder) placedWords(at *pack.Placement) string {
	words := b.idTitle(at.Level)
	l := b.p.Level(at.Level)
	low, high := b.r.Possible[0], b.r.Possible[len(b.r.Possible)-1]
	switch {
	case l == nil:
		return words + ", which these rules do not have"
	case l == b.r.Level:
		return words + ", as recommended"
	case l.Index < low.Index:
		words += ", less than "
	case l.Index > high.Index:
		words += ", more than "
	default:
		return words + ", while it is undetermined what to recommend"
	}
	if b.r.Level == nil {
		return words + "what can still be recommended" + reasonWords(at.Reason)
	}
	return words + "the recommended " + shortName(b.r.Level) + reasonWords(at.Reason)
}

func reasonWords(reason string) string {
	if label := reasonLabel(reason); label != "" {
		return " (" + inside(label) + ")"
	}
	return ""
}

// reasonLabel is a reason for people, and as it is where it is none of ours.
func reasonLabel(reason string) string {
	for _, o := range pack.PlacementReasons() {
		if o.ID == reason {
			return o.Label
		}
	}
	return clean(reason)
}

func (b *builder) recommendedName() string {
	if b.r.Level == nil {
		return "Undetermined: " + joined(shortNames(b.r.Possible), "or")
	}
	return capital(shortName(b.r.Level))
}

// idName names the level with this id, which another version may have had.
func (b *builder) idName(id string) string {
	if l := b.p.Level(id); l != nil {
		return shortName(l)
	}
	return clean(id)
}

// idTitle is idName where a sentence begins. An id stays what it is.
func (b *builder) idTitle(id string) string {
	if b.p.Level(id) == nil {
		return clean(id)
	}
	return capital(b.idName(id))
}

func (b *builder) idNames(ids []string) string {
	var names []string
	for _, id := range ids {
		names = append(names, b.idName(id))
	}
	return joined(names, "or")
}

// placementResult is a placement for programs.
type placementResult struct {
	Level       string   `json:"level"`
	By          string   `json:"by"`
	Date        string   `json:"date"`
	Reason      *string  `json:"reason"`
	Text        string   `json:"text"`
	Recommended []string `json:"recommended"` // the levels that were possible when it was recorded; empty where the record does not say
}

func newPlacementResult(in Input) *placementResult {
	at := in.Placement
	if at == nil {
		return nil
	}
	out := &placementResult{at.Level, at.By, at.Date, nil, at.Text, []string{}}
	if at.Reason != "" {
		out.Reason = &at.Reason
	}
	if in.Recorded != nil {
		out.Recommended = append(out.Recommended, in.Recorded.Levels...)
	}
	return out
}
