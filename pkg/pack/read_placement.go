package pack

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

// recommended reads what was recommended, by the ids of whatever version of the
// pack that was. It is not looked up: who recommends anew compares.
func (c cursor) recommended() *Recommended {
	f, ok := c.fields("status", "level", "possible", "indications", "requirements_not_met", "requirements_unknown", "warnings")
	if !ok {
		return nil
	}
	before := len(c.r.ds)
	out := &Recommended{
		Indications: f.get("indications").ids(),
		NotMet:      f.get("requirements_not_met").ids(),
		Unknown:     f.get("requirements_unknown").ids(),
		Warnings:    f.get("warnings").ids(),
	}
	level, possible := f.get("level"), f.get("possible")
	switch f.need("status").word("determined", "undetermined") {
	case 0:
		var id string
		if f.need("level").present() {
			level.shortText(&id)
		}
		possible.hasNoPlace("determined", "possible")
		out.Levels = []string{id}
	case 1:
		if out.Levels = f.need("possible").ids(); possible.present() && len(out.Levels) < 2 {
			possible.wants("a list of at least two levels")
		}
		level.hasNoPlace("undetermined", "level")
	}
	if diag.HasErrors(c.r.ds[before:]) {
		return nil
	}
	return out
}

func (c cursor) hasNoPlace(status, key string) {
	if c.key != nil {
		c.reportAt(c.key, problem{code: "answers-recommendation", message: fmt.Sprintf("the status is %s, and %s has no place there", status, key)})
	}
}

// ids reads a list of ids; an empty one is nil.
func (c cursor) ids() (all []string) {
	c.elements(func(at cursor) {
		var id string
		if at.shortText(&id); id != "" {
			all = append(all, id)
		}
	})
	return all
}

// placement reads what was chosen. All else that the sheet says has been read.
func (c cursor) placement(s *Sheet) {
	f, ok := c.fields("level", "by", "date", "reason", "text")
	if !ok {
		return
	}
	before, at := len(c.r.ds), &Placement{}
	if level := f.need("level"); level.present() {
		level.shortText(&at.Level)
	}
	at.By = f.need("by").text()
	if date := f.need("date"); date.present() {
		date.date(&at.Date)
	}
	if reason := f.get("reason"); reason.present() && !reason.isNull() {
		if i := reason.word(ReasonIDs()...); i >= 0 {
			at.Reason = ReasonIDs()[i]
		}
	}
	if text := f.get("text"); text.present() {
		text.notes(&at.Text)
	}
	if diag.HasErrors(c.r.ds[before:]) || f.incomplete() {
		return // what cannot be read cannot be wrong as well
	}
	s.Placement = at
	f.level(s)
	for _, e := range s.PlacementProblems() {
		p := problem{code: "answers-placement", message: e.Message, hint: e.Hint}
		if field := f.get(e.Field); field.key != nil {
			field.report(p)
		} else {
			f.owner().report(p)
		}
	}
	if diag.HasErrors(c.r.ds[before:]) {
		s.Placement = nil
	}
}

// incomplete reports whether something has been complained about already, as
// YAML or as a key: a value that is not there any more, or a key that was
// probably meant to be one that is missing.
func (f fields) incomplete() bool {
	for i := 0; i+1 < len(f.node.Content); i += 2 {
		if !f.child(f.node.Content[i], f.node.Content[i+1]).present() {
			return true
		}
	}
	return len(f.meant) > 0 || !f.get("level").present() || !f.get("by").present() || !f.get("date").present()
}

// level holds the level of a placement against the pack. Another version may
// have had others.
func (f fields) level(s *Sheet) {
	p, at := f.r.pack, f.get("level")
	if p.Level(s.Placement.Level) != nil || f.isOtherPack(s.Pack) {
		return
	}
	ids := levelIDs(p.Levels)
	message := fmt.Sprintf("the rules %s have no level %s", p.ID, quoteShort(s.Placement.Level))
	if p.isOtherVersion(s.Pack) {
		f.r.ds = append(f.r.ds, diag.Diagnostic{Code: "answers-level", Severity: diag.Warning, At: f.r.span(at.node), Path: at.path.String(),
			Message: message + "; the version that the assessment was made with may have had it"})
		return
	}
	at.report(problem{code: "answers-level", message: message + "; expected " + strings.Join(ids, ", "), hint: nearHint(s.Placement.Level, ids)})
}

// isOtherVersion reports whether made is known to be another text of the pack.
func (p *Pack) isOtherVersion(made Identity) bool {
	return made.Version != "" && made.Version != p.Version || made.Hash != "" && made.Hash != p.Hash
}
