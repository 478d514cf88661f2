package batch

import "github.com/carelevel/carelevel/pkg/pack"

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

// takeBox reads one multiple choice: missing if all of its boxes are empty,
// and a mistake if only some are, for an empty box is not one that is not
// checked.
func (w *worker) takeBox(f *fields, b *box) {
	var mask pack.Value
	empty := 0
	for _, i := range b.columns {
		v, wrong := w.cells[i].read(f.text, f.record[i])
		switch {
		case wrong != nil:
			w.fail(i+1, wrong.code, wrong.text)
		case !v.Known():
			empty++
		default:
			mask |= v << w.r.columns[i].option
		}
	}
	switch {
	case empty == 0:
		w.row.answers[b.slot] = mask
	case empty < len(b.columns):
		w.fail(b.columns[0]+1, "answer", "some of the boxes of "+w.r.p.Slots[b.slot].ID+" are empty; expected 1 or 0 in each, or all of them empty")
	}
}
