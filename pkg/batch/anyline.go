package batch

import (
	"encoding/json"
	"fmt"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// anyObject reads a line of JSON Lines whatever is in it, and says what is
// wrong with it.
func (w *worker) anyObject(line []byte) {
	members, wrong := wholeObject(line)
	if wrong != nil {
		w.row.loose = true
		w.failAt(wrong.column, "", wrong.code, wrong.text)
		return
	}
	answered := map[int]bool{}
	for _, m := range members {
		if w.full() {
			return
		}
		if _, isQuestion := w.r.p.SlotByID(m.key); isQuestion {
			w.member(m, answered)
			continue
		}
		w.beside(m, answered)
	}
	w.checkTotals()
	if w.r.opts.reviewing {
		w.sheetOf(members)
	}
}

// mostSaid bounds what is said of one record: near misses cost time, and
// nobody reads more.
const mostSaid = 50

// full reports whether enough is wrong with a record.
func (w *worker) full() bool {
	if len(w.row.errors) == mostSaid {
		w.failAt(0, "", "more", "more mistakes are not looked for")
	}
	return len(w.row.errors) > mostSaid
}

// member reads the answer to a question, or the answers to its items.
func (w *worker) member(m member, answered map[int]bool) {
	slot, ok := w.r.p.SlotByID(m.key)
	if !ok {
		w.unknownKey(m)
		return
	}
	if w.twice(m, slot, answered) {
		return
	}
	switch m.value[0] {
	case '[':
		w.listAnswer(m, slot, answered)
	case '{':
		w.itemsObject(m, slot, answered)
	case 'n':
		w.answer(slot, pack.NotAssessed)
	default:
		w.scalarAnswer(m, slot, scalarText(m.value))
	}
}

// twice notes that a slot is answered, and refuses a second answer: by itself
// and in the list of an instrument, or at the top and under answers.
func (w *worker) twice(m member, slot int, answered map[int]bool) bool {
	if answered[slot] {
		w.failAt(m.column, m.key, "answer-twice", w.r.p.Slots[slot].ID+" is answered twice")
		return true
	}
	answered[slot] = true
	return false
}

func (w *worker) scalarAnswer(m member, slot int, text string) (pack.Value, bool) {
	v, wrong := w.cells[slot].parse(text)
	if wrong != nil {
		w.failAt(m.column, m.key, wrong.code, wrong.text)
		return v, false
	}
	w.answer(slot, v)
	return v, true
}

// listAnswer reads the options of a multiple choice, or the items of an
// instrument.
func (w *worker) listAnswer(m member, slot int, answered map[int]bool) {
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
		w.itemsAnswer(m, q, parts, answered)
	default:
		w.failAt(m.column, m.key, "answer", "found a list; expected one answer")
	}
}

// itemsAnswer reads the answers to all items; null is one that is missing.
func (w *worker) itemsAnswer(m member, q *pack.Question, parts []json.RawMessage, answered map[int]bool) {
	if len(parts) != len(q.Items) {
		w.failAt(m.column, m.key, "answer", fmt.Sprintf("the list has %d items; expected %d", len(parts), len(q.Items)))
		return
	}
	for i, part := range parts {
		slot := q.Items[i].Slot
		if part[0] == 'n' || w.twice(m, slot, answered) {
			continue
		}
		item := member{w.r.p.Slots[slot].ID, part, m.column}
		if text := scalarText(part); part[0] == '"' && text == "" {
			w.failAt(item.column, item.key, "answer", "found an empty text; expected null where it is missing")
		} else {
			w.scalarAnswer(item, slot, text)
		}
	}
}

// itemsObject reads {"items": [...]}, as a file of one assessment may have it.
func (w *worker) itemsObject(m member, slot int, answered map[int]bool) {
	s := &w.r.p.Slots[slot]
	members, wrong := objectMembers(m.value, m.column)
	switch {
	case s.IsItem() || len(s.Question.Items) == 0:
		w.failAt(m.column, m.key, "answer", "found an object; expected one answer")
	case wrong != nil:
		w.failAt(wrong.column, m.key, wrong.code, wrong.text)
	case len(members) != 1 || members[0].key != "items" || members[0].value[0] != '[':
		w.failAt(m.column, m.key, "answer", `found an object; expected a total, a list of the items' answers, or {"items": [...]}`)
	default:
		w.listAnswer(member{m.key, members[0].value, members[0].column}, slot, answered)
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
			w.failAt(m.column, m.key, "answer", fmt.Sprintf("%s stands alone: it does not go with other answers", diag.Clean(shortened(string(part)))))
			return
		case v <= 0:
			return
		case v&(v-1) != 0:
			w.failAt(m.column, m.key, "answer", fmt.Sprintf("%s is several answers; expected one in each place of the list", diag.Clean(shortened(string(part)))))
			return
		case mask&v != 0:
			w.failAt(m.column, m.key, "answer", fmt.Sprintf("%s is there twice", diag.Clean(shortened(string(part)))))
			return
		}
		mask |= v
	}
	w.answer(slot, mask)
}
