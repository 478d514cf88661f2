package pack

import (
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
)

const mappingNode = yaml.MappingNode

// maxOptions is how many options a question may have: a multiple choice is a
// mask in an int64, of which two bits are not free.
const maxOptions = 62

// maxSlots is how many questions and items a pack may have. A clinic asks for
// dozens; whoever reads answers searches them one by one.
const maxSlots = 5000

// reservedIDs may not name questions, scores and conditions: they mean
// something else where these are named.
var reservedIDs = []string{"all", "any", "none", "at_least", "answers"}

// subject is what a test can be about: a slot or a score.
type subject struct {
	slot  int
	score *Score
}

// readSections reads the sections and their questions in the order of the
// interview, which is that of the list pack.sections.
func (l *loader) readSections() {
	defined := make(map[*Section]cursor)
	l.each("sections", func(c cursor) {
		s := &Section{ID: c.key.Value, At: c.keySpan()}
		if l.sections.define(c, c.key, s) {
			defined[s] = c
		}
	})
	for _, s := range l.sectionOrder(defined) {
		l.pack.Sections = append(l.pack.Sections, s)
		l.readSection(defined[s], s)
	}
}

// sectionOrder holds the list of the header against what is defined.
func (l *loader) sectionOrder(defined map[*Section]cursor) (order []*Section) {
	var list cursor
	undefined, listed := false, make(map[*Section]bool)
	if l.header.present() && l.header.node.Kind == mappingNode {
		list = fields{cursor: l.header}.need("sections")
		list.elements(func(c cursor) {
			s, ok := l.sections.lookup(l, c)
			switch {
			case !ok:
				undefined = true
			case listed[s]:
				c.report(problem{code: "listed-twice", message: fmt.Sprintf("section %q is listed twice", s.ID)})
			default:
				listed[s] = true
				order = append(order, s)
			}
		})
	}
	for _, id := range l.sections.ids {
		s := l.sections.of[id].it
		if listed[s] {
			continue
		}
		if list.present() && !undefined {
			defined[s].reportKey(problem{code: "section-unlisted", message: fmt.Sprintf("section %q is not in the list pack.sections; expected every section there, in the order of the interview", id), related: []diag.Related{{At: list.keySpan(), Message: "the list is here"}}})
		}
		order = append(order, s)
	}
	return order
}

func (l *loader) readSection(c cursor, s *Section) {
	f, ok := c.fields("title", "help", "questions")
	if !ok {
		return
	}
	s.Title, s.Help = f.need("title").text(), f.get("help").text()
	questions := f.need("questions")
	questions.entries("a mapping of ids to questions", func(c cursor) {
		q := &Question{ID: c.key.Value, Section: s, At: c.keySpan()}
		slot := len(l.pack.Slots)
		if slot >= maxSlots {
			l.partial = true // what is unknown may be one of those left out
			return
		}
		if !l.define(c, c.key, subject{slot: slot}) {
			return
		}
		q.Index, q.Slot = len(l.pack.Questions), slot
		l.pack.Questions, s.Questions = append(l.pack.Questions, q), append(s.Questions, q)
		before := len(c.r.ds)
		l.readQuestion(c, q)
		if diag.HasErrors(c.r.ds[before:]) || !c.present() {
			l.broken[q] = true
		}
		l.addSlots(c, q)
	})
	if len(l.pack.Slots) >= maxSlots {
		questions.report(problem{code: "pack-large", message: fmt.Sprintf("more than %d questions and items; the others are not read", maxSlots)})
	}
	if questions.present() && len(s.Questions) == 0 && questions.size() == 0 {
		questions.report(problem{code: "list-empty", message: "the section has no questions; expected at least one"})
	}
}

// define gives an id to a question or score.
func (l *loader) define(c cursor, node *yaml.Node, s subject) bool {
	c.checkReserved(node)
	return l.questions.define(c, node, s)
}

func (c cursor) checkReserved(node *yaml.Node) {
	if isOneOf(node.Value, reservedIDs) {
		c.reportAt(node, problem{code: "id-reserved", message: fmt.Sprintf("id %q has a meaning of its own in conditions", node.Value), hint: "choose another one"})
	}
}

// addSlots gives a question, and an instrument's items, their places.
func (l *loader) addSlots(c cursor, q *Question) {
	l.pack.Slots = append(l.pack.Slots, Slot{ID: q.ID, Question: q, Item: -1, Min: q.least(), Max: q.most()})
	for i := range q.Items {
		it := &q.Items[i]
		it.ID, it.Slot = fmt.Sprintf("%s_%d", q.ID, i+1), len(l.pack.Slots)
		if before, taken := l.questions.of[it.ID]; taken {
			c.reportKey(problem{code: "id-duplicate", message: fmt.Sprintf("item %d of %s has the id %q, which is taken", i+1, q.ID, it.ID), related: firstAt(before.at)})
		} else {
			l.questions.put(it.ID, it.At, subject{slot: it.Slot})
		}
		l.pack.Slots = append(l.pack.Slots, Slot{ID: it.ID, Question: q, Item: i, Max: Value(len(q.Grades) - 1)})
	}
}

func (q *Question) least() Value {
	if q.Kind == Number || q.Kind == Instrument {
		return q.Min
	}
	return 0
}

func (q *Question) most() Value {
	switch q.Kind {
	case YesNo:
		return 1
	case Scale, Choice:
		return Value(max(0, len(q.Options)-1))
	case Multi:
		return 1<<len(q.Options) - 1
	}
	return q.Max
}

// kinds are the kinds of questions as they are written, in the order of Kind.
var kinds = []string{"yes_no", "scale", "choice", "multi", "number", "instrument"}

var commonKeys = []string{"kind", "name", "ask", "help", "ask_anew", "sources"}

// kindKeys are the keys that a kind of question has beside the common ones.
var kindKeys = [][]string{
	YesNo:      {"worse"},
	Scale:      {"options"},
	Choice:     {"options"},
	Multi:      {"options", "worse"},
	Number:     {"unit", "min", "max", "decimals", "worse"},
	Instrument: {"items", "grades", "total", "bands", "fill", "reliable_change", "remission", "milestones"},
}

var allQuestionKeys = slices.Concat(commonKeys, []string{"options", "worse"}, kindKeys[Number][:4], kindKeys[Instrument])

func (l *loader) readQuestion(c cursor, q *Question) {
	f, ok := c.fields(allQuestionKeys...)
	if !ok {
		return
	}
	kind := f.need("kind").word(kinds...)
	q.Name, q.Ask, q.Help = f.get("name").text(), f.need("ask").text(), f.get("help").text()
	q.AskAnew = f.get("ask_anew").flag()
	q.Sources = l.sources.lookupAll(l, f.get("sources"))
	if kind < 0 {
		l.broken[q] = true
		return
	}
	q.Kind = Kind(kind)
	f.checkKind(q.Kind)
	switch q.Kind {
	case YesNo:
		q.Worse = f.need("worse").direction("yes", "no")
	case Scale:
		q.Worse = WorseHigher
		q.Options = f.need("options").options(q.Kind)
	case Choice:
		q.Options = f.need("options").options(q.Kind)
	case Multi:
		q.Options = f.need("options").options(q.Kind)
		q.Worse = f.need("worse").direction("more", "")
	case Number:
		f.readNumber(q)
	case Instrument:
		f.readInstrument(q)
	}
}

// checkKind reports keys that belong to other kinds of questions.
func (f fields) checkKind(kind Kind) {
	for i := 0; i+1 < len(f.node.Content); i += 2 {
		key := f.node.Content[i]
		if isOneOf(key.Value, commonKeys) || isOneOf(key.Value, kindKeys[kind]) || !isOneOf(key.Value, allQuestionKeys) {
			continue
		}
		p := problem{code: "key-kind", message: fmt.Sprintf("key %q does not go with kind %s", key.Value, kind)}
		switch {
		case key.Value == "worse" && kind == Scale:
			p.hint = "a scale is written from best to worst"
		case key.Value == "worse" && kind == Choice:
			p.hint = "a choice has no direction; a scale has"
		case key.Value == "worse" && kind == Instrument:
			p.hint = "a higher total is always worse"
		}
		f.child(key, nil).reportKey(p)
	}
}

// direction reads which way is worse: the word for higher, the word for lower
// where there is one, or neither.
func (c cursor) direction(higher, lower string) Worse {
	words, directions := []string{higher, lower, "neither"}, []Worse{WorseHigher, WorseLower, WorseNeither}
	if lower == "" {
		words, directions = []string{higher, "neither"}, []Worse{WorseHigher, WorseNeither}
	}
	if i := c.word(words...); i >= 0 {
		return directions[i]
	}
	return WorseNeither
}

// options reads a mapping of ids to labels, or to {label, help}.
func (c cursor) options(kind Kind) (all []Option) {
	c.entries("a mapping of option ids to labels", func(c cursor) {
		o := Option{ID: c.key.Value, At: c.keySpan()}
		c.checkOptionID(kind)
		if c.present() && c.node.Kind == mappingNode {
			f, _ := c.fields("label", "help")
			o.Label, o.Help = f.need("label").text(), f.get("help").text()
		} else {
			o.Label = c.text()
		}
		all = append(all, o)
	})
	least := 2
	if kind == Multi {
		least = 1
	}
	if c.present() && c.node.Kind == mappingNode && (len(all) < least || len(all) > maxOptions) {
		c.report(problem{code: "option-count", message: fmt.Sprintf("found %s; expected %d to %d", countOf(len(all), "option"), least, maxOptions)})
	}
	return all[:min(len(all), maxOptions)]
}

func (c cursor) checkOptionID(kind Kind) {
	switch id := c.key.Value; {
	case id == wordNotAssessed || id == "null":
		c.reportKey(problem{code: "id-reserved", message: fmt.Sprintf("option id %q means that there is no answer", id), hint: "every question can be left open; choose another id"})
	case id == wordNone && kind == Multi:
		c.reportKey(problem{code: "id-reserved", message: `option id "none" in a multiple choice: that none of the options applies is built in`, hint: "remove it"})
	default:
		c.checkID(c.key)
	}
}

// readNumber reads what a number has beside the common keys.
func (f fields) readNumber(q *Question) {
	q.Unit = f.get("unit").text()
	if at := f.get("decimals"); at.present() {
		q.Decimals, _ = at.wholeIn(0, 3)
	}
	q.Worse = f.need("worse").direction("higher", "lower")
	q.Min, q.Max = f.bounds("min", "max", q.Decimals, true)
}

// bounds reads two keys that bound a number, and puts them in order.
func (f fields) bounds(from, to string, decimals int, strict bool) (lo, hi Value) {
	low, high := f.need(from), f.need(to)
	if !low.present() || !high.present() {
		return 0, 0
	}
	lo, ok := low.number(decimals)
	hi, ok2 := high.number(decimals)
	if !ok || !ok2 {
		return 0, 0
	}
	if lo > hi || strict && lo == hi {
		high.report(problem{code: "range-order", message: fmt.Sprintf("%s %s is not above %s %s", to, high.node.Value, from, low.node.Value)})
		return lo, lo
	}
	return lo, hi
}
