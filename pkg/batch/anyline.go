package batch

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// member is one key of an object with its value as it is written.
type member struct {
	key    string
	value  json.RawMessage
	column int // of the value, in bytes from 1
}

// anyObject reads a line of JSON Lines whatever is in it, and says what is
// wrong with it.
func (w *worker) anyObject(line []byte) {
	members, err := readObject(line, 1)
	if err != nil {
		w.failAt(0, "", "json", "no JSON object: "+err.Error())
		return
	}
	answered := map[int]bool{}
	for _, m := range members {
		if _, isQuestion := w.r.p.SlotByID(m.key); isQuestion {
			w.member(m, answered)
			continue
		}
		w.beside(m, answered)
	}
	w.check()
}

// readObject returns the members of an object in the order of writing. The
// keys are given once each.
func readObject(text []byte, column int) ([]member, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, orElse(err, "it does not begin with {")
	}
	var out []member
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		m := member{key: t.(string)}
		if err := d.Decode(&m.value); err != nil {
			return nil, err
		}
		m.column = column + int(d.InputOffset()) - len(m.value)
		if slices.ContainsFunc(out, func(n member) bool { return n.key == m.key }) {
			return nil, fmt.Errorf("the key %q is there twice", diag.Clean(m.key))
		}
		out = append(out, m)
	}
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, orElse(nil, "there is more behind the object")
	}
	return out, nil
}

func orElse(err error, text string) error {
	if err == nil || err == io.EOF {
		return fmt.Errorf("%s", text)
	}
	return err
}

// beside reads a key that is no question.
func (w *worker) beside(m member, answered map[int]bool) {
	switch m.key {
	case "id":
		w.row.rawID = []byte(scalarText(m.value))
	case "date":
		w.row.date = scalarText(m.value)
	case "answers":
		inner, err := readObject(m.value, m.column)
		if err != nil {
			w.failAt(m.column, m.key, "json", "no object of answers: "+err.Error())
			return
		}
		for _, n := range inner {
			w.member(n, answered)
		}
	default:
		if !slices.Contains(besideKeys, m.key) && !w.r.opts.IgnoreUnknown {
			w.unknownKey(m)
		}
	}
}

func (w *worker) unknownKey(m member) {
	text := fmt.Sprintf("no question has the name %q", diag.Clean(m.key))
	if near := diag.Near(m.key, columnWords(w.r.p)); near != "" {
		text += fmt.Sprintf("; did you mean %q?", near)
	}
	w.failAt(m.column, m.key, "question-unknown", text)
}

// member reads the answer to a question.
func (w *worker) member(m member, answered map[int]bool) {
	slot, ok := w.r.p.SlotByID(m.key)
	switch {
	case !ok && !w.r.opts.IgnoreUnknown:
		w.unknownKey(m)
		return
	case !ok:
		return
	case answered[slot]:
		w.failAt(m.column, m.key, "answer-twice", "is answered twice")
		return
	}
	answered[slot] = true
	switch m.value[0] {
	case '[':
		w.listAnswer(m, slot)
	case '{':
		w.failAt(m.column, m.key, "answer", "found an object; expected one answer")
	case 'n':
		w.row.answers[slot] = pack.NotAssessed
	default:
		w.scalarAnswer(m, slot, scalarText(m.value))
	}
}

func (w *worker) scalarAnswer(m member, slot int, text string) (pack.Value, bool) {
	v, wrong := w.cells[slot].parse(text)
	if wrong != nil {
		w.failAt(m.column, m.key, wrong.code, wrong.text)
		return v, false
	}
	w.row.answers[slot] = v
	return v, true
}

// listAnswer reads the options of a multiple choice, or the items of an
// instrument.
func (w *worker) listAnswer(m member, slot int) {
	var parts []json.RawMessage
	if err := json.Unmarshal(m.value, &parts); err != nil {
		w.failAt(m.column, m.key, "json", err.Error())
		return
	}
	s := &w.r.p.Slots[slot]
	switch q := s.Question; {
	case !s.IsItem() && q.Kind == pack.Multi:
		w.optionsAnswer(m, slot, parts)
	case !s.IsItem() && len(q.Items) > 0:
		if len(parts) != len(q.Items) {
			w.failAt(m.column, m.key, "answer", fmt.Sprintf("has %d items; expected %d", len(parts), len(q.Items)))
			return
		}
		for i, part := range parts {
			if text := scalarText(part); part[0] != 'n' {
				w.scalarAnswer(m, q.Items[i].Slot, text)
			}
		}
	default:
		w.failAt(m.column, m.key, "answer", "found a list; expected one answer")
	}
}

func (w *worker) optionsAnswer(m member, slot int, parts []json.RawMessage) {
	var mask pack.Value
	for _, part := range parts {
		v, ok := w.scalarAnswer(m, slot, scalarText(part))
		switch {
		case !ok:
			return
		case v <= 0 && len(parts) > 1:
			w.failAt(m.column, m.key, "answer", fmt.Sprintf("%s stands alone: it does not go with other answers", diag.Clean(string(part))))
			return
		case v > 0 && mask&v != 0:
			w.failAt(m.column, m.key, "answer", fmt.Sprintf("%s is there twice", diag.Clean(string(part))))
			return
		case v <= 0:
			return
		}
		mask |= v
	}
	w.row.answers[slot] = mask
}

// scalarText is a value as a cell would have it: a string's text, and all else
// as it is written.
func scalarText(value json.RawMessage) string {
	var s string
	if value[0] == '"' && json.Unmarshal(value, &s) == nil {
		return s
	}
	if string(value) == "null" {
		return ""
	}
	return string(value)
}
