package batch_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

// expectedCell reads a cell as simply as can be: as the pack reads answers; a
// word for a missing one; an option by its number; or several of these.
func expectedCell(p *pack.Pack, slot int, text string) (pack.Value, bool) {
	if v, ok := expectedPart(p, slot, text); ok {
		return v, true
	}
	if s := &p.Slots[slot]; s.IsItem() || s.Question.Kind != pack.Multi || !strings.ContainsAny(text, ";,") {
		return pack.Missing, false
	}
	separator := ","
	if strings.Contains(text, ";") {
		separator = ";"
	}
	var mask pack.Value
	for _, part := range strings.Split(text, separator) {
		v, ok := expectedPart(p, slot, part)
		if !ok || v <= 0 || v&(v-1) != 0 || mask&v != 0 {
			return pack.Missing, false
		}
		mask |= v
	}
	return mask, true
}

func expectedPart(p *pack.Pack, slot int, text string) (pack.Value, bool) {
	if v, err := p.ParseAnswer(slot, text); err == nil {
		return v, true
	}
	text = strings.TrimSpace(text)
	switch strings.ToLower(text) {
	case "na", "n/a", "null", "":
		return pack.Missing, true
	}
	s := &p.Slots[slot]
	switch kind := s.Question.Kind; {
	case s.IsItem():
	case kind == pack.YesNo && (text == "1" || text == "0"):
		return pack.Value(text[0] - '0'), true
	case kind == pack.Scale || kind == pack.Choice || kind == pack.Multi:
		for i := range s.Question.Options {
			if text == fmt.Sprint(i+1) && kind == pack.Multi {
				return 1 << i, true
			} else if text == fmt.Sprint(i+1) {
				return pack.Value(i), true
			}
		}
	}
	return pack.Missing, false
}

// cellTexts are texts that may stand in a column, answers for the most part.
func cellTexts(rnd *rand.Rand, p *pack.Pack, slot int) []string {
	s := &p.Slots[slot]
	texts := []string{"", " ", "NA", "na", "N/A", "null", "NULL", "not_assessed", "Not_Assessed", "none", "NONE", "x", ";", ",", "a;b", "0", "1", "2", "3", "01", "+1", "-1", "1.0", "1e1",
		"yes", "YES", "n", "True", "1;2", "2; 1", "1,2", "1;1", "1;none", "1;NA", "1;;2", ";1", "999", "no answer", "\x00", "\xff", "text that is longer than sixteen bytes", "text that is Longer than sixteen bytes"}
	different := 12
	if s.Max-s.Min > 100 {
		different = 300
	}
	for range different {
		v := s.Min + pack.Value(rnd.Int64N(int64(s.Max-s.Min)+1))
		text := p.FormatAnswer(slot, v)
		texts = append(texts, text, " "+text+" ", strings.ToUpper(text), strings.ReplaceAll(text, ";", "; "), strings.ReplaceAll(text, ";", ","), text+";"+text)
	}
	q := s.Question
	options := q.Options
	if s.IsItem() {
		options = q.Grades
	}
	for i, o := range options {
		for _, word := range []string{o.ID, o.Label, strconv.Itoa(i + 1)} {
			texts = append(texts, word, " "+word+"\t", strings.ToUpper(word), word+"x", word+";"+options[0].ID, word+";"+options[len(options)-1].Label, word+";2")
		}
	}
	return texts
}

// What a column remembers is what it read the first time, whatever was read in
// between and however full its memory is.
func TestCellsAreReadAsAnswers(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 5))
	engines := []*engine.Engine{compile(t, rules.Default), compile(t, "medicare-iop")}
	for range 3 {
		engines = append(engines, compiled(t, enginetest.Pack(rnd, enginetest.Size{Questions: 6})))
	}
	for _, e := range engines {
		r := batch.NewReader(e, false)
		for slot := range e.Pack().Slots {
			texts := cellTexts(rnd, e.Pack(), slot)
			for range 2 {
				rnd.Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
				for _, text := range texts {
					checkCell(t, e.Pack(), r, slot, text)
				}
			}
		}
	}
}

func checkCell(t *testing.T, p *pack.Pack, r *batch.Reader, slot int, text string) {
	t.Helper()
	want, ok := expectedCell(p, slot, text)
	got, wrong := r.Cell(slot, text)
	if got != want || ok != (wrong == "") {
		t.Fatalf("%s: %q is %d, %q; want %d, %v", p.Slots[slot].ID, text, got, wrong, want, ok)
	}
	if again, why := r.Parse(slot, text); again != got || why != wrong && text != "" {
		t.Fatalf("%s: %q is %d, %q, and %d, %q as it is parsed", p.Slots[slot].ID, text, got, wrong, again, why)
	}
}

// Where options are called by numbers, and where a label has a separator in it,
// nothing is guessed.
func TestNumbersThatAreLabels(t *testing.T) {
	p := enginetest.Pack(rand.New(rand.NewPCG(1, 6)), enginetest.Size{Questions: 1})
	options := []pack.Option{{ID: "never", Label: "0"}, {ID: "daily", Label: "1"}, {ID: "hourly", Label: "2"}}
	for _, c := range []struct {
		kind pack.Kind
		text string
		want pack.Value
		ok   bool
	}{
		{pack.Scale, "1", 1, true}, {pack.Scale, "2", 2, true}, {pack.Scale, "3", pack.Missing, false},
		{pack.Multi, "1;2", 6, true}, {pack.Multi, "1;3", pack.Missing, false}, {pack.Multi, "never;2", 5, true},
	} {
		q := p.Questions[0]
		q.Kind, q.Options, q.Items = c.kind, options, nil
		p.Slots = []pack.Slot{{ID: q.ID, Question: q, Item: -1, Max: 7}}
		q.Slot, p.Questions = 0, p.Questions[:1]
		p.Levels, p.Conditions, p.Scores, p.Notes, p.Services = []*pack.Level{{ID: "a", Title: "A"}, {ID: "b", Title: "B", Index: 1}}, nil, nil, nil, nil
		r := batch.NewReader(compiled(t, p), false)
		for range 2 {
			if got, wrong := r.Cell(0, c.text); got != c.want || c.ok != (wrong == "") {
				t.Errorf("%v %q: %d, %q", c.kind, c.text, got, wrong)
			}
		}
	}
}

func TestLabelsWithSeparators(t *testing.T) {
	p := enginetest.Pack(rand.New(rand.NewPCG(1, 6)), enginetest.Size{Questions: 1})
	q := p.Questions[0]
	q.Kind, q.Items = pack.Multi, nil
	q.Options = []pack.Option{{ID: "a", Label: "A"}, {ID: "b", Label: "B"}, {ID: "both", Label: "A; B"}, {ID: "c", Label: "C, of all things"}}
	q.Slot, p.Questions = 0, p.Questions[:1]
	p.Slots = []pack.Slot{{ID: q.ID, Question: q, Item: -1, Max: 15}}
	p.Levels, p.Conditions, p.Scores, p.Notes, p.Services = []*pack.Level{{ID: "a", Title: "A"}, {ID: "b", Title: "B", Index: 1}}, nil, nil, nil, nil
	r := batch.NewReader(compiled(t, p), false)
	for range 2 {
		for text, want := range map[string]pack.Value{"A; B": 4, "a;b": 3, "a; b": 4, "B;A": 3, "C, of all things": 8, "a;C, of all things": 9} {
			checkCell(t, p, r, 0, text)
			if got, wrong := r.Cell(0, text); got != want {
				t.Errorf("%q: %d, %q, want %d", text, got, wrong, want)
			}
		}
	}
}
