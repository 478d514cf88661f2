package pack

import (
	"fmt"
	"strconv"

	"gopkg.in/yaml.v3"
)

var levelKeys = []string{
	"title", "short", "summary", "action", "referral", "emergency", "care", "suits", "objectives", "team",
	"documentation", "services", "sources", "indications", "requirements", "supports", "step_down",
	"step_up", "here", "agree", "due",
}

// readLevels reads what the levels are and what argues for them.
func (l *loader) readLevels() {
	seen := make(map[*Level]bool)
	l.each("levels", func(c cursor) {
		level := l.levels.of[c.key.Value].it
		if seen[level] { // a duplicate, which has been reported
			return
		}
		seen[level] = true
		if f, ok := c.fields(levelKeys...); ok {
			l.readLevel(f, level)
		}
	})
}

func (l *loader) readLevel(f fields, level *Level) {
	level.Title = f.need("title").text()
	if level.Short = f.get("short").text(); level.Short == "" {
		level.Short = level.Title
	}
	level.Summary, level.Action = f.need("summary").text(), f.need("action").text()
	level.Referral, level.Emergency = f.get("referral").flag(), f.get("emergency").flag()
	if level.Emergency && level.Index != len(l.pack.Levels)-1 {
		f.get("emergency").reportKey(problem{code: "emergency-level", message: "an emergency that is not the highest level; expected at most the last of pack.levels to be one"})
	}
	f.readCare(&level.Care)
	level.Suits = l.statements(f.get("suits"))
	level.Team, level.Documentation = l.statements(f.get("team")), l.statements(f.get("documentation"))
	level.Services = l.services.lookupAll(l, f.get("services"))
	level.Sources = l.sources.lookupAll(l, f.get("sources"))
	indications := f.get("indications")
	if level.Index == 0 && indications.size() > 0 && !l.broken[level] {
		indications.reportKey(problem{code: "base-indications", message: fmt.Sprintf("indications of %q, the lowest level; expected none: it is recommended when nothing argues for more", level.ID), hint: "supports say what speaks for it"})
	}
	level.Indications = l.criteriaOf(indications, level, Indication)
	level.Requirements = l.criteriaOf(f.get("requirements"), level, Requirement)
	level.Supports = l.criteriaOf(f.get("supports"), level, Support)
	level.StepDown = l.criteriaOf(f.get("step_down"), level, StepDown)
	l.readPlan(f, level)
}

// criteriaOf reads one list of a level's criteria.
func (l *loader) criteriaOf(c cursor, level *Level, kind CriterionKind) (all []*Criterion) {
	keys := []string{"id", "when", "because", "sources"}
	switch kind {
	case Requirement:
		keys = []string{"id", "when", "otherwise", "because", "sources"}
	case StepDown:
		keys = []string{"id", "when", "course", "because", "sources"}
	}
	c.elements(func(c cursor) {
		f, ok := c.fields(c.withoutCourse(kind, keys)...)
		if !ok {
			return
		}
		cr := &Criterion{Kind: kind, Level: level}
		if !define(l, f, &l.criteria, cr, &cr.ID) {
			return
		}
		cr.At = l.criteria.of[cr.ID].at
		cr.When = l.condition(f.need("when"))
		if kind == StepDown {
			cr.Course = l.course(f.get("course"))
		}
		if kind == Requirement {
			cr.Otherwise = f.needFor("otherwise", "reason-missing", `the requirement does not say what to do when it is not met; expected "otherwise"`).text()
			cr.Because = f.get("because").text()
		} else {
			cr.Because = f.needFor("because", "reason-missing", `the %s has no reason; expected "because"`, kind).text()
		}
		cr.Sources = l.required(f, "the "+kind.String())
		all = append(all, cr)
	})
	return all
}

// withoutCourse refuses a statement over time where one set of answers has to
// decide. It returns the keys of which no more is to be said.
func (c cursor) withoutCourse(kind CriterionKind, keys []string) []string {
	if kind == StepDown || c.node.Kind != yaml.MappingNode {
		return keys
	}
	at := fields{cursor: c}.get("course")
	if at.key == nil {
		return keys
	}
	at.reportKey(problem{code: "key-kind", message: fmt.Sprintf(`key "course" does not go with kind %s; expected it in step_down and step_up alone: one set of answers decides the level`, kind)})
	return append(keys[:len(keys):len(keys)], "course")
}

// define reads the id of an element of a list and gives it to it. It is not ok
// where the id is taken; an element without id goes on without.
func define[T any](l *loader, f fields, names *names[T], it T, id *string) bool {
	at := f.need("id")
	if !at.present() {
		return true
	}
	if !at.isWord() {
		at.wants("an id")
		return true
	}
	*id = at.node.Value
	return names.define(at, at.node, it)
}

// readCare reads the dose of a level.
func (f fields) readCare(care *Care) {
	c, ok := f.get("care").fields("hours_per_week", "days_per_week", "session_minutes", "stay_days", "review_days", "setting")
	if !ok {
		return
	}
	care.HoursPerWeek = c.get("hours_per_week").rangeTo(168)
	care.DaysPerWeek = c.get("days_per_week").rangeTo(7)
	care.SessionMinutes = c.get("session_minutes").rangeTo(24 * 60)
	care.StayDays = c.get("stay_days").rangeTo(10_000)
	care.ReviewDays = c.get("review_days").rangeTo(10_000)
	care.Setting = c.get("setting").text()
}

// rangeTo reads a number, or [from, to], above 0 and up to most.
func (c cursor) rangeTo(most int) Range {
	if !c.present() {
		return Range{}
	}
	if c.node.Kind != yaml.SequenceNode {
		v, _ := c.dose(most)
		return Range{v, v}
	}
	if len(c.node.Content) != 2 {
		c.wants("a number, or [from, to]")
		return Range{}
	}
	from, to := c.element(0, c.node.Content[0]), c.element(1, c.node.Content[1])
	lo, ok := from.dose(most)
	hi, ok2 := to.dose(most)
	if ok && ok2 && lo > hi {
		c.report(problem{code: "range-order", message: fmt.Sprintf("%s to %s; expected the lesser one first", from.node.Value, to.node.Value)})
	}
	if !ok || !ok2 || lo > hi {
		return Range{}
	}
	return Range{lo, hi}
}

// dose reads one number of a range, with two digits after the point at most.
func (c cursor) dose(most int) (float64, bool) {
	const decimals = 2
	if !c.present() {
		return 0, false
	}
	v, ok := c.number(decimals)
	if !ok {
		return 0, false
	}
	text := formatDecimal(v, decimals)
	if v <= 0 || v > Value(most)*100 {
		c.report(problem{code: "number-range", message: fmt.Sprintf("found %s; expected more than 0, and at most %d", text, most)})
		return 0, false
	}
	f, err := strconv.ParseFloat(text, 64)
	return f, err == nil
}
