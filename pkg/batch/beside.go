package batch

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// besideKeys may stand beside the answers, as in a file of one assessment.
// Those that say what the answers are answers to are looked at.
var besideKeys = []string{"schema", "pack", "draft", "notes"}

// beside reads a key that is no question.
func (w *worker) beside(m member, answered map[int]bool) {
	switch m.key {
	case "id":
		w.idOf(m)
	case "date":
		w.dateOf(m)
	case "answers":
		w.answersOf(m, answered)
	case "schema":
		if text := scalarText(m.value); text != pack.SheetSchema {
			w.failAt(m.column, m.key, "answers-schema", fmt.Sprintf("found %q; expected %s", diag.Clean(shortened(text)), pack.SheetSchema))
		}
	case "pack":
		w.packOf(m)
	case placedWord, "recommendation", "placement":
		w.besideReview(m)
	default:
		if !slices.Contains(besideKeys, m.key) {
			w.unknownKey(m)
		}
	}
}

// besideReview reads what only a review looks at.
func (w *worker) besideReview(m member) {
	switch {
	case !w.r.opts.reviewing:
		w.unknownKey(m)
	case m.key != placedWord: // see sheetOf
	case m.value[0] == '"' || m.value[0] == 'n':
		w.takePlaced(m.column, m.key, scalarText(m.value))
	default:
		w.failAt(m.column, m.key, "placed", "found "+found(m.value)+"; expected the id of a level")
	}
}

func (w *worker) idOf(m member) {
	switch m.value[0] {
	case '{', '[', 't', 'f':
		w.failAt(m.column, m.key, "id", "found "+found(m.value)+"; expected a text or a number")
	default:
		w.row.rawID = []byte(scalarText(m.value))
	}
}

func (w *worker) dateOf(m member) {
	switch m.value[0] {
	case 'n':
	case '"':
		w.takeDate(m.column, m.key, scalarText(m.value))
	default:
		w.failAt(m.column, m.key, "answers-date", "found "+found(m.value)+"; expected a date as YYYY-MM-DD")
	}
}

func (w *worker) answersOf(m member, answered map[int]bool) {
	inner, wrong := objectMembers(m.value, m.column)
	if wrong != nil {
		w.failAt(wrong.column, m.key, wrong.code, wrong.text)
		return
	}
	for _, n := range inner {
		if w.full() {
			return
		}
		w.member(n, answered)
	}
}

// packOf refuses answers to the questions of another pack, which may mean
// something else by the same words.
func (w *worker) packOf(m member) {
	var of struct{ ID string }
	switch err := json.Unmarshal(m.value, &of); {
	case err != nil:
		w.failAt(m.column, m.key, "answers-pack", "found "+found(m.value)+"; expected an object with the id of the pack")
	case of.ID != "" && of.ID != w.r.p.ID:
		w.failAt(m.column, m.key, "answers-pack", fmt.Sprintf("these are answers to the questions of %q; the rules in use are %s", diag.Clean(shortened(of.ID)), w.r.p.ID))
	}
}

func (w *worker) unknownKey(m member) {
	if w.r.opts.IgnoreUnknown {
		return
	}
	text := fmt.Sprintf("no question has the name %q", diag.Clean(shortened(m.key)))
	if near := diag.Near(m.key, slices.Concat(columnWords(w.r.p), besideKeys, []string{"answers"})); near != "" {
		text += fmt.Sprintf("; did you mean %q?", near)
	}
	w.failAt(m.column, shortened(m.key), "question-unknown", text)
}

// takeDate keeps the date of a record, which may be missing.
func (w *worker) takeDate(column int, name, text string) {
	text = strings.TrimSpace(text)
	switch {
	case missingWords[strings.ToLower(text)]:
	case isDate(text):
		w.row.date = text
	default:
		w.failAt(column, name, "answers-date", fmt.Sprintf("%q is no date; expected YYYY-MM-DD", shortened(text)))
	}
}

func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}
