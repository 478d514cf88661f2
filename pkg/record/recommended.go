package record

import (
	"fmt"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Recommended returns of a recommendation what a record keeps.
func Recommended(r *engine.Recommendation) *pack.Recommended {
	out := &pack.Recommended{}
	for _, l := range r.Possible {
		out.Levels = append(out.Levels, l.ID)
	}
	for _, f := range r.Indications {
		out.Indications = append(out.Indications, f.Criterion.ID)
	}
	for _, f := range r.Requirements {
		switch {
		case f.Criterion.Level != r.Level:
		case f.State == engine.False:
			out.NotMet = append(out.NotMet, f.Criterion.ID)
		case f.State == engine.Unknown:
			out.Unknown = append(out.Unknown, f.Criterion.ID)
		}
	}
	for _, m := range r.Notes {
		out.Warnings = append(out.Warnings, m.Note.ID)
	}
	return out
}

// Changes says in what a recommendation that was recorded, then, is not the one
// that the same file's answers give now: with other rules, or because the file
// was edited. The order of ids does not count. It says nothing if then is nil.
func Changes(then, now *pack.Recommended) []string {
	if then == nil {
		return nil
	}
	var out []string
	if !slices.Equal(then.Levels, now.Levels) {
		out = append(out, fmt.Sprintf("the recommendation that was recorded no longer comes out: it was %s, and is now %s", levelWords(then), levelWords(now)))
	}
	for _, l := range []struct {
		what      string
		then, now []string
	}{
		{"indications that hold", then.Indications, now.Indications},
		{"requirements not met", then.NotMet, now.NotMet},
		{"requirements not known", then.Unknown, now.Unknown},
		{"warnings", then.Warnings, now.Warnings},
	} {
		if words := difference(l.then, l.now); words != "" {
			out = append(out, l.what+" are not as recorded: "+words)
		}
	}
	return out
}

func levelWords(r *pack.Recommended) string {
	if level := r.Level(); level != "" {
		return level
	}
	return "undetermined (" + strings.Join(r.Levels, " or ") + ")"
}

// difference names what is only in one of the lists.
func difference(then, now []string) string {
	var out []string
	if gone := without(then, now); len(gone) > 0 {
		out = append(out, "no longer "+strings.Join(gone, ", "))
	}
	if come := without(now, then); len(come) > 0 {
		out = append(out, "now also "+strings.Join(come, ", "))
	}
	return strings.Join(out, "; ")
}

func without(all, some []string) []string {
	var out []string
	for _, s := range all {
		if !slices.Contains(some, s) {
			out = append(out, s)
		}
	}
	return out
}

// Edit returns the text of a record with the recommendation and the placement
// of s, and all else byte for byte as it was; see pack.EditSheet. Where that
// cannot be done, as in a text within brackets, asItWas is false and the record
// is written anew, under the rules that s says it was made with.
func Edit(p *pack.Pack, data []byte, s pack.Sheet) (text []byte, asItWas bool) {
	if edited, ok := p.EditSheet(data, s); ok {
		return edited, true
	}
	return encode(p, s), false
}
