package batch

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// takeGroup reads the n records that f gathered into the first lanes.
func (w *worker) takeGroup(f *fields, n int) {
	apart := uint64(0) // the lanes of records that are not in the window
	for lane := range n {
		w.begin(lane, f.lines[lane])
		switch odd := f.odd[lane]; {
		case odd == nil:
		case odd.wrong == nil && len(odd.fields) == len(w.cells):
			apart |= 1 << lane
		default:
			w.loose(f.text, odd)
		}
	}
	w.takeAnswers(f, n, apart)
	for lane := range n {
		if w.look(lane); !w.row.loose {
			w.takeRest(f)
		}
	}
	w.check(n)
}

// takeAnswers reads the cells column by column: a processor foresees best what it
// has just done, and the answers stand as the cohort wants them. What is unusual
// is then read by itself.
func (w *worker) takeAnswers(f *fields, n int, apart uint64) {
	for _, i := range w.single {
		c, others := &w.cells[i], uint64(1)<<n-1
		if to := w.cohort.Narrow(c.slot); to != nil {
			others &= c.narrow(f, i, to) | apart
		}
		w.takeEach(f, i, others)
	}
	for _, i := range w.many {
		c := &w.cells[i]
		w.takeEach(f, i, c.choices(f, i, n, w.cohort.Wide(c.slot))|apart)
	}
}

// narrow reads a column of answers of which there are few different ones into
// one of a cohort, and returns the lanes in which there is something else. Those
// behind the last record have anything in them.
//
// There is no branch in it that is taken now and then, and as little else as can
// be: this is done for each cell.
func (c *cells) narrow(f *fields, i int, to *[engine.Lanes]uint8) (others uint64) {
	text, before, end := f.window, &f.ends[i], &f.ends[1+i]
	table, mixer, shift := c.known.places()
	_, _ = *text, *to
	for lane := range to {
		from := before[lane] + 1
		length := end[lane] - from
		head, tail := headAndTail((*[mostShort]byte)(text[from:]), length)
		e := &table[place(head, tail, mixer, shift)]
		to[lane] = e.code
		if !e.is(head, tail, length) {
			others |= 1 << lane
		}
	}
	return others
}

// choices is narrow for multiple choices. It goes from part to part, be they of
// one cell or of the next: where a cell ends is nothing that could be foreseen.
func (c *cells) choices(f *fields, i, n int, to *[engine.Lanes]pack.Value) (others uint64) {
	text, before, end := f.window, &f.ends[i], &f.ends[1+i]
	table, mixer, shift := c.known.places()
	_, _ = *text, *to
	var mask int64  // of the parts of the cell before this one
	var done uint16 // how long they are
	for lane := 0; lane < n; {
		lane &= engine.Lanes - 1
		from := before[lane] + 1 + done
		left := int64(end[lane] - from)
		part := (*[mostShort]byte)(text[from:])
		head, tail := binary.LittleEndian.Uint64(part[:8]), binary.LittleEndian.Uint64(part[8:])
		// How much of it stands before a semicolon: of each word 8, if there is none.
		x, y := head^';'*ones, tail^';'*ones
		length := int64(bits.TrailingZeros64((x-ones)&^x&highs)) >> 3
		length += int64(bits.TrailingZeros64((y-ones)&^y&highs)) >> 3 & -(length >> 3)
		length -= (length - left) &^ ((length - left) >> 63) // the less of both
		head, tail = head&keptOfHead[length&31], tail&keptOfTail[length&31]
		e := &table[place(head, tail, mixer, shift)]
		last := (length - left) >> 63 // 0 if it is the last part, else -1
		// Several answers have to be options, each of them another one.
		several := -mask>>63 | last
		if !e.is(head, tail, uint16(length)) || (int64(e.alone)|e.value&mask)&several != 0 {
			others |= 1 << lane
			if length == mostShort && length < left && text[int(from)+mostShort] != ';' {
				last = 0 // it is longer: where it ends is not known
			}
		}
		mask |= e.value
		to[lane] = pack.Value(mask)
		mask &= last
		done = (done + uint16(length) + 1) & uint16(last)
		lane += 1 &^ int(last)
	}
	return others
}

// loose says what is wrong with a record that has no field for each column.
func (w *worker) loose(text []byte, odd *oddRecord) {
	w.row.loose = true
	if wrong := odd.wrong; wrong != nil {
		w.fail(wrong.column, wrong.code, wrong.text)
	} else {
		w.fail(0, "fields", fmt.Sprintf("%d fields, and the header has %d", len(odd.fields), len(w.cells)))
	}
	if 0 <= w.idAt && w.idAt < len(odd.fields) {
		w.takeID(text, odd.fields[w.idAt])
	}
}

// takeEach reads the cells of a column in some lanes one by one. A record that
// could not be taken apart has none.
func (w *worker) takeEach(f *fields, i int, lanes uint64) {
	for ; lanes != 0; lanes &= lanes - 1 {
		lane := bits.TrailingZeros64(lanes)
		if w.rows[lane].loose {
			continue
		}
		c := &w.cells[i]
		v, wrong := c.read(f.text, f.at(lane, i))
		if wrong != nil {
			w.look(lane)
			w.fail(i+1, wrong.code, wrong.text)
		}
		w.cohort.Set(c.slot, lane, v)
	}
}

// takeRest reads what is no answer by itself.
func (w *worker) takeRest(f *fields) {
	if len(w.row.errors) > 1 {
		slices.SortStableFunc(w.row.errors, func(a, b RowError) int { return a.Column - b.Column })
	}
	if w.idAt >= 0 {
		w.takeID(f.text, f.at(w.lane, w.idAt))
	}
	if w.dateAt >= 0 {
		w.takeDate(w.dateAt+1, w.r.columns[w.dateAt].name, w.decoded(f, w.dateAt))
	}
	if w.placed >= 0 {
		w.takePlaced(w.placed+1, w.r.columns[w.placed].name, w.decoded(f, w.placed))
	}
	for i := range w.boxed {
		w.takeBox(f, &w.boxed[i])
	}
}

// decoded is the text of a cell of the record with the column's codes resolved.
func (w *worker) decoded(f *fields, i int) string {
	x := f.at(w.lane, i)
	return w.r.columns[i].decoded(string(f.text[x.from:x.to]))
}

// answer notes an answer of the record that is looked at.
func (w *worker) answer(slot int, v pack.Value) { w.cohort.Set(slot, w.lane, v) }
