package mutate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// leaf makes the mutants of a test of one question, item or score; o is all of
// it, {question: test}.
func (m *maker) leaf(o, key, test *pack.Outline) {
	if answered := test.Get("answered"); answered != nil {
		m.flip(answered)
		return
	}
	slot, isSlot := m.pack.SlotByID(key.Value)
	if !isSlot {
		m.negate(o)
		m.numbers(&numeric{m: m, score: m.pack.Score(key.Value)}, test)
		return
	}
	at := m.pack.Slots[slot]
	if at.Question.Kind != pack.YesNo {
		m.negate(o)
	}
	switch q := at.Question; {
	case at.IsItem():
		m.numbers(&numeric{m: m, slot: slot}, test)
	case q.Kind == pack.YesNo:
		m.flip(test)
	case q.Kind == pack.Scale:
		m.scale(q, test)
	case q.Kind == pack.Choice:
		m.options(q, test, "[%s, %s]")
	case q.Kind == pack.Multi:
		m.multi(q, test)
	default:
		m.numbers(&numeric{m: m, slot: slot, question: q}, test)
	}
}

// flip turns yes and no, or true and false, into each other.
func (m *maker) flip(o *pack.Outline) {
	for _, pair := range [][2]string{{"yes", "no"}, {"no", "yes"}, {"true", "false"}, {"false", "true"}} {
		if strings.EqualFold(o.Value, pair[0]) {
			m.swap(Flipped, o, pair[1])
		}
	}
}

func optionIndex(q *pack.Question, id string) int {
	return slices.IndexFunc(q.Options, func(o pack.Option) bool { return o.ID == id })
}

func (m *maker) scale(q *pack.Question, test *pack.Outline) {
	step := func(at *pack.Outline) {
		for _, i := range []int{optionIndex(q, at.Value) - 1, optionIndex(q, at.Value) + 1} {
			if i >= 0 && i < len(q.Options) {
				m.swap(Threshold, at, q.Options[i].ID)
			}
		}
	}
	switch test.Kind {
	case pack.OutlineMapping:
		m.compared(test, step)
	case pack.OutlineList:
		m.options(q, test, "")
	default:
		step(test)
	}
}

// compared moves the bounds of at_least, at_most and between, and reverses the
// comparison.
func (m *maker) compared(test *pack.Outline, step func(*pack.Outline)) {
	key, value := test.Keys[0], test.Of[0]
	reverse := map[string]string{"at_least": "at_most", "at_most": "at_least"}[key.Value]
	if reverse == "" {
		for _, end := range value.Of {
			step(end)
		}
		return
	}
	step(value)
	m.swap(Comparison, key, reverse)
}

// options drops each option of a list, and adds each that it does not have. A
// single word becomes a list, by the format.
func (m *maker) options(q *pack.Question, at *pack.Outline, single string) {
	f := m.site.file
	for _, o := range q.Options {
		if at.Kind == pack.OutlineWord {
			if o.ID != at.Value {
				m.add(Added, at, fmt.Sprintf("%s or %s", at.Value, o.ID), f.replace(at, fmt.Sprintf(single, at.Value, o.ID)))
			}
			continue
		}
		i := slices.IndexFunc(at.Of, func(of *pack.Outline) bool { return of.Value == o.ID })
		if i >= 0 {
			if e, ok := f.drop(at, i); ok {
				m.add(Dropped, at.Of[i], "without "+o.ID, e)
			}
		} else if e, ok := f.push(at, o.ID); ok {
			m.add(Added, at, "with "+o.ID, e)
		}
	}
}

func (m *maker) multi(q *pack.Question, test *pack.Outline) {
	if test.Kind == pack.OutlineWord {
		if optionIndex(q, test.Value) >= 0 {
			m.options(q, test, "{includes: [%s, %s]}")
		}
		return
	}
	key, value := test.Keys[0], test.Of[0]
	if len(value.Of) > 1 {
		m.swap(Includes, key, map[string]string{"includes": "includes_all", "includes_all": "includes"}[key.Value])
	}
	m.options(q, value, "[%s, %s]")
}

// numeric is what a test of numbers is about.
type numeric struct {
	m        *maker
	slot     int
	question *pack.Question // nil of an item or a score
	score    *pack.Score
}

// numbers moves the bounds of a test of numbers by one step of the last digit.
func (m *maker) numbers(n *numeric, test *pack.Outline) {
	switch test.Kind {
	case pack.OutlineMapping:
		m.compared(test, n.step(test.Keys[0].Value))
	case pack.OutlineList:
		for i, of := range test.Of {
			if e, ok := m.site.file.drop(test, i); ok {
				m.add(Dropped, of, "without "+of.Value, e)
			}
			n.equal(of)
		}
	default:
		n.equal(test)
	}
}

// band returns the band that a word names.
func (n *numeric) band(word string) (pack.Band, bool) {
	var bands []pack.Band
	switch {
	case n.score != nil:
		bands = n.score.Bands
	case n.question != nil:
		bands = n.question.Bands
	}
	i := slices.IndexFunc(bands, func(b pack.Band) bool { return b.ID == word })
	if i < 0 {
		return pack.Band{}, false
	}
	return bands[i], true
}

// step moves a bound. A band stands for its beginning, but in at_most, and at
// the end of between, for its end.
func (n *numeric) step(key string) func(*pack.Outline) {
	ends := 0
	return func(at *pack.Outline) {
		v, ok := n.value(at.Value)
		if b, isBand := n.band(at.Value); isBand {
			v, ok = b.From, true
			if key == "at_most" || ends == 1 {
				v = b.To
			}
		}
		ends++
		if ok {
			n.m.swap(Threshold, at, n.text(v-1))
			n.m.swap(Threshold, at, n.text(v+1))
		}
	}
}

// equal moves a number that is tested for by itself, or one end of a band.
func (n *numeric) equal(at *pack.Outline) {
	b, isBand := n.band(at.Value)
	if !isBand {
		n.step("")(at)
		return
	}
	for _, d := range [][2]pack.Value{{-1, 0}, {1, 0}, {0, -1}, {0, 1}} {
		n.m.swap(Threshold, at, fmt.Sprintf("{between: [%s, %s]}", n.text(b.From+d[0]), n.text(b.To+d[1])))
	}
}

func (n *numeric) value(text string) (pack.Value, bool) {
	digits := n.decimals()
	whole, part, _ := strings.Cut(text, ".")
	if len(part) > digits {
		part = part[:digits]
	}
	v, err := strconv.ParseInt(whole+part+strings.Repeat("0", digits-len(part)), 10, 64)
	return pack.Value(v), err == nil
}

func (n *numeric) decimals() int {
	if n.question != nil {
		return n.question.Decimals
	}
	return 0
}

func (n *numeric) text(v pack.Value) string {
	digits := n.decimals()
	if digits == 0 {
		return strconv.FormatInt(int64(v), 10)
	}
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	text := fmt.Sprintf("%0*d", digits+1, int64(v))
	return sign + text[:len(text)-digits] + "." + text[len(text)-digits:]
}
