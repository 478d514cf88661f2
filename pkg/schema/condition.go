package schema

import (
	"math"

	"github.com/carelevel/carelevel/pkg/pack"
)

const conditionDoc = "A condition: a test of one question, all, any, none or at_least of several, or the name of a condition. A mapping has one key; to ask for two things, put both into all."

// condition is one that may ask whether there is an answer.
func (l *language) condition() object { return l.conditionOf("condition", true) }

// deciding is one that may not: leaving out an answer must move nothing.
func (l *language) deciding() object { return l.conditionOf("deciding-condition", false) }

// conditionOf lays the name of a condition and the mapping side by side rather
// than into alternatives, so that an editor says what is wrong with a key.
func (l *language) conditionOf(name string, answered bool) object {
	return l.ref(name, func() object {
		self := obj("$ref", "#/$defs/"+name)
		keys := []key{
			may("all", list(self, 1), "Every one of these holds."),
			may("any", list(self, 1), "At least one of these holds."),
			may("none", list(self, 1), "Not one of these holds."),
			may("at_least", mapping("at_least", "At least so many of these hold.",
				need("count", whole(1, maxNumber), "How many."),
				need("of", list(self, 1), "Of which.")), "At least so many of these hold."),
		}
		o := obj("title", "Condition", "description", conditionDoc)
		if l.p == nil {
			named := obj("type", []string{"string", "object"}, "pattern", "^"+idForm+"$", "maxLength", maxID,
				"patternErrorMessage", "The name of a condition, or a test such as {phq9: {at_least: 15}}, is expected here.")
			return one(append(o.with("anyOf", []any{named, onlyBoolean()}, "propertyNames", itemName()), open(keys, l.anyTest(answered))...))
		}
		for _, s := range l.subjects() {
			keys = append(keys, l.testKey(s, answered))
		}
		return one(append(o.with("anyOf", nameOrMapping(l.names(answered))), members(keys)...))
	})
}

// open are the keywords of a mapping with given keys and others, which have this
// form.
func open(keys []key, others object) object {
	o := members(keys)
	for i := range o {
		if o[i].key == "additionalProperties" {
			o[i].value = others
		}
	}
	return o
}

// nameOrMapping are the alternatives of a condition. The first one gives the
// message where none fits.
func nameOrMapping(names []entry) []any {
	mapping := obj("type", "object")
	if len(names) == 0 {
		return []any{mapping}
	}
	return []any{oneOf("condition", names), mapping}
}

// names are the conditions of the pack that can be referred to.
func (l *language) names(answered bool) (all []entry) {
	for _, n := range l.p.Conditions {
		if answered || !asksForAnswer(n.When) {
			all = append(all, entry{n.ID, n.Title})
		}
	}
	return all
}

func asksForAnswer(c pack.Condition) (asks bool) {
	pack.Walk(c, func(c pack.Condition) bool {
		_, is := c.(*pack.Answered)
		asks = asks || is
		return !asks
	})
	return asks
}

// valueForm is what a test of any kind compares with: an option or a band, a
// number, yes or no.
const valueForm = "^(" + idForm + "|" + flagForm + `|-?(0|[1-9][0-9]*)(\.[0-9]{1,3}0*)?` + ")$"

const valueMessage = "An option, a band, a number, yes or no is expected here."

func anyValue() object {
	return obj("type", []string{"string", "number", "boolean"}, "pattern", valueForm, "patternErrorMessage", valueMessage)
}

func pair(of object) object { return list(of, 2).with("maxItems", 2) }

const (
	atLeastDoc  = "This or more; of a scale, this or worse. The bound is included."
	atMostDoc   = "This or less; of a scale, this or better. The bound is included."
	betweenDoc  = "From the first to the second, both included."
	includesDoc = "Any of these is chosen."
	allDoc      = "All of these are chosen."
	answeredDoc = "yes: there is an answer; no: there is none."
)

// anyTest is a test of a question of any kind.
func (l *language) anyTest(answered bool) object {
	name := "test"
	if !answered {
		name = "deciding-test"
	}
	return l.ref(name, func() object {
		options := obj("type", []string{"string", "boolean", "array"}, "pattern", "^"+idForm+"$", "items", l.id(), "minItems", 1, "uniqueItems", true)
		keys := []key{
			may("at_least", anyValue(), atLeastDoc),
			may("at_most", anyValue(), atMostDoc),
			may("between", pair(anyValue()), betweenDoc),
			may("includes", options, includesDoc),
			may("includes_all", options, allDoc),
		}
		if answered {
			keys = append(keys, may("answered", l.flag(), answeredDoc))
		}
		o := obj("title", "Test", "description", "What the answer must be: a value, a list of values (one of them), or a mapping with one key.",
			"type", []string{"string", "number", "boolean", "array", "object"}, "pattern", valueForm, "patternErrorMessage", valueMessage,
			"items", anyValue(), "minItems", 1, "uniqueItems", true)
		return one(append(o, members(keys)...))
	})
}

// target is a test of one question or item, as an objective has it.
func (l *language) target() object {
	return l.ref("target", func() object {
		o := obj("title", "Target", "description", "The test of one question or item.")
		if l.p == nil {
			return one(append(o, entries(l.anyTest(false), itemName(), reserved...)...))
		}
		var keys []key
		for _, s := range l.subjects() {
			if s.slot != nil {
				keys = append(keys, l.testKey(s, false))
			}
		}
		return one(append(o.with("type", "object"), members(keys)...))
	})
}

// testKey is the test of one question, item or score as the key of a condition.
func (l *language) testKey(s subject, answered bool) key {
	test := l.testOf(s)
	if !answered && s.slot != nil {
		// Not beside $ref: older editors take one for the other there.
		test = obj("allOf", []any{test}, "properties", obj("answered", false))
	}
	return may(s.id, test, s.doc)
}

// testOf is a test of one question, item or score of the pack. Items of the same
// instrument have the same tests.
func (l *language) testOf(s subject) object {
	return l.ref("test-"+s.form(), func() object {
		t := l.testBy(s)
		if s.slot != nil {
			t.keys = append(t.keys, may("answered", l.flag(), answeredDoc))
		}
		var types []string
		more := t.beside
		if t.items != nil {
			types, more = append(types, "array"), more.with("items", t.items, "minItems", 1, "uniqueItems", true)
		}
		if len(t.keys) > 0 {
			types, more = append(types, "object"), append(more, one(members(t.keys))...)
		}
		single := t.single
		if len(types) > 0 {
			single = append(single, obj("type", types))
		}
		return append(obj("title", s.title(), "anyOf", single), more...)
	})
}

func (s subject) title() string {
	switch {
	case s.score != nil:
		return s.score.Title
	case s.slot.IsItem():
		return "Item of " + s.slot.Question.Noun()
	}
	return s.slot.Question.Noun()
}

// form names what has the same tests and answers. No id has a point.
func (s subject) form() string {
	if s.slot != nil && s.slot.IsItem() {
		return s.slot.Question.ID + ".item"
	}
	return s.id
}

// tests are the forms that a test can have.
type tests struct {
	single []any  // alternatives of a value alone
	beside object // what else holds of one
	items  object // of a list; nil where there is none
	keys   []key  // of a mapping
}

func (l *language) testBy(s subject) tests {
	if s.score != nil {
		return numeric(s.score.Min, s.score.Max, 0, s.score.Bands)
	}
	q := s.slot.Question
	switch {
	case s.slot.IsItem():
		return numeric(s.slot.Min, s.slot.Max, 0, nil)
	case q.Kind == pack.YesNo:
		return tests{single: []any{
			obj("enum", []string{"yes", "no"}),
			obj("type", "string", "pattern", "^("+flagForm+")$"),
			onlyBoolean(),
		}}
	case q.Kind == pack.Scale && len(q.Options) > 1:
		n := len(q.Options)
		return tests{single: []any{l.options(q)}, items: l.options(q), keys: []key{
			may("at_least", choose(q.Options[1:]), atLeastDoc),
			may("at_most", choose(q.Options[:n-1]), atMostDoc),
			may("between", pair(l.options(q)), betweenDoc),
		}}
	case q.Kind == pack.Scale || q.Kind == pack.Choice:
		return tests{single: []any{l.options(q)}, items: l.options(q)}
	case q.Kind == pack.Multi:
		some := obj("anyOf", []any{l.options(q), obj("type", "array")}, "items", l.options(q), "minItems", 1, "uniqueItems", true)
		return tests{single: []any{l.options(q), choose([]pack.Option{noneOfThese})}, keys: []key{may("includes", some, includesDoc), may("includes_all", some, allDoc)}}
	}
	return numeric(q.Min, q.Max, q.Decimals, q.Bands)
}

// numeric are the tests of a number. That a test must be true of some values and
// false of others is in the bounds.
func numeric(least, most pack.Value, decimals int, bands []pack.Band) tests {
	single, beside := amount(least, most, decimals, bands)
	value := func(least, most pack.Value, bands []pack.Band) object {
		single, beside := amount(least, most, decimals, bands)
		return append(obj("anyOf", single), beside...)
	}
	t := tests{single: single, beside: beside, items: value(least, most, bands)}
	if least < most {
		t.keys = []key{
			may("at_least", value(least+1, most, rest(bands, 1, 0)), atLeastDoc),
			may("at_most", value(least, most-1, rest(bands, 0, 1)), atMostDoc),
			may("between", pair(value(-maxNumber, maxNumber, bands)), betweenDoc),
		}
	}
	return t
}

// amount are the alternatives of a number or a band. The bounds stand beside
// them, so that an editor says which one is broken.
func amount(least, most pack.Value, decimals int, bands []pack.Band) (single []any, beside object) {
	unit := math.Pow10(decimals)
	beside = obj("minimum", float64(least)/unit, "maximum", float64(most)/unit)
	if decimals == 0 {
		beside = beside.with("multipleOf", 1)
	}
	text := obj("pattern", "^"+decimalForm(decimals)+"$", "patternErrorMessage", "A number is expected here.")
	if len(bands) == 0 {
		return []any{obj("type", []string{"number", "string"})}, append(beside, text...)
	}
	return []any{choose(bandOptions(bands)), obj("type", "number"), append(obj("type", "string"), text...)}, beside
}

// rest leaves out so many bands at the beginning and at the end.
func rest(bands []pack.Band, first, last int) []pack.Band {
	if len(bands) < first+last {
		return nil
	}
	return bands[first : len(bands)-last]
}

func bandOptions(bands []pack.Band) (all []pack.Option) {
	for _, b := range bands {
		all = append(all, pack.Option{ID: b.ID, Label: b.Label})
	}
	return all
}
