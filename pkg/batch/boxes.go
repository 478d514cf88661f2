package batch

import (
	"fmt"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// box is a multiple choice that is given as a column an option.
type box struct {
	slot    int
	columns []int // by position
}

func findBoxes(columns []column) []box {
	var boxes []box
	at := map[int]int{}
	for i, c := range columns {
		if c.kind != boxColumn {
			continue
		}
		b, seen := at[c.slot]
		if !seen {
			b = len(boxes)
			at[c.slot] = b
			boxes = append(boxes, box{slot: c.slot})
		}
		boxes[b].columns = append(boxes[b].columns, i)
	}
	return boxes
}

// partBoxed refuses boxes for some of a question's options alone: an option
// without a box would always count as one that is not checked.
func partBoxed(p *pack.Pack, columns []column) (errs []error) {
	for _, b := range findBoxes(columns) {
		q := p.Slots[b.slot].Question
		var without []string
		for i, o := range q.Options {
			if !slices.ContainsFunc(b.columns, func(at int) bool { return columns[at].option == i }) {
				without = append(without, q.ID+boxMark+o.ID)
			}
		}
		if len(without) > 0 {
			errs = append(errs, &ColumnError{Column: columns[b.columns[0]].name, Position: b.columns[0] + 1,
				Problem: fmt.Sprintf("%s needs a box for every option; there is none for %s", q.ID, strings.Join(without, ", "))})
		}
	}
	return errs
}

// takeBox reads one multiple choice: missing if all of its boxes are empty,
// and a mistake if only some are, for an empty box is not one that is not
// checked. All options have a box: partBoxed refuses a header without.
func (w *worker) takeBox(f *fields, b *box) {
	var mask pack.Value
	answer := pack.Missing
	empty, notAssessed := 0, 0
	for _, i := range b.columns {
		v, wrong := w.cells[i].read(f.text, f.at(w.lane, i))
		switch {
		case wrong != nil:
			w.fail(i+1, wrong.code, wrong.text)
		case v == pack.NotAssessed:
			notAssessed++
			empty++
		case !v.Known():
			empty++
		default:
			mask |= v << w.r.columns[i].option
		}
	}
	switch {
	case empty == 0:
		answer = mask
	case notAssessed == len(b.columns):
		answer = pack.NotAssessed
	case empty < len(b.columns):
		w.fail(b.columns[0]+1, "answer", "some of the boxes of "+w.r.p.Slots[b.slot].ID+" are empty; expected 1 or 0 in each, or all of them empty")
	}
	w.cohort.Set(b.slot, w.lane, answer)
}
