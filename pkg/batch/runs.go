package batch

import (
	"encoding/binary"
	"strconv"

	"github.com/carelevel/carelevel/pkg/pack"
)

// itemRun are columns side by side that hold the items of one instrument, one
// after the other, each answered by a digit: most often all of them are, or
// none is, and then the run is read at once.
type itemRun struct {
	columns []int // by position
	slot    int   // of the first one; the others follow
	top     uint64
}

// findRuns divides columns of answers into runs and the others.
func (w *worker) findRuns(plain []int, inOrder bool) (runs []itemRun, others []int) {
	for n := 0; n < len(plain); n++ {
		run := itemRun{columns: plain[n : n+1], slot: w.cells[plain[n]].slot}
		for inOrder && n+1 < len(plain) && w.follows(plain[n], plain[n+1]) {
			n++
			run.columns = run.columns[:len(run.columns)+1]
		}
		q := w.r.p.Slots[run.slot].Question
		if run.top = uint64(len(q.Grades) - 1); len(run.columns) > 1 && w.digits(&run) {
			runs = append(runs, run)
		} else {
			others = append(others, run.columns...)
		}
	}
	return runs, others
}

// follows reports whether the column b holds the item after that of a.
func (w *worker) follows(a, b int) bool {
	x, y := &w.r.p.Slots[w.cells[a].slot], &w.r.p.Slots[w.cells[b].slot]
	return b == a+1 && x.IsItem() && y.IsItem() && x.Question == y.Question && y.Item == x.Item+1
}

// digits reports whether in all columns of a run a digit is what it says.
func (w *worker) digits(run *itemRun) bool {
	if run.top > 9 {
		return false
	}
	for _, i := range run.columns {
		for d := range pack.Value(run.top + 1) {
			if v, wrong := w.cells[i].parts(strconv.Itoa(int(d))); wrong != nil || v != d {
				return false
			}
		}
	}
	return true
}

// takeRun reads the items of a run.
func (w *worker) takeRun(f *fields, run *itemRun) {
	n := int32(len(run.columns))
	from, to := f.record[run.columns[0]].from, f.record[run.columns[n-1]].to
	switch to - from {
	case n - 1:
		return // all are empty: there is nothing but the separators
	case 2*n - 1:
		if run.values(f.text[from:], f.comma, w.row.answers[run.slot:][:n]) {
			return
		}
	}
	for _, i := range run.columns {
		w.takeCell(f, i)
	}
}

// values reads digits with a separator between each, which the text begins
// with if this is true: four of them at a time.
func (run *itemRun) values(text []byte, comma byte, to pack.Answers) bool {
	const every = 0x0001000100010001
	zeros := '0'*uint64(every) | uint64(comma)*every<<8
	for ; len(to) > 0; text = text[8:] {
		n := min(4, len(to))
		x := (binary.LittleEndian.Uint64(text) ^ zeros) & (1<<(16*n-8) - 1)
		// A digit that is too great, or none, carries into the byte's high bit;
		// so does, by itself, what is 128 or more.
		if (x&(0x7f*every)+(0x7f-run.top)*every|x)&(0xff80*every) != 0 {
			return false
		}
		for i := range to[:n] {
			to[i] = pack.Value(x >> (16 * i) & 0x7f)
		}
		to = to[n:]
	}
	return true
}
