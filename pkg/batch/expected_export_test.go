package batch

import "bytes"

// Forget makes a reader of lines forget all that it has seen.
func (r *Reader) Forget() {
	r.w.json = newObjects(r.w.r.p, r.w.r.opts.reviewing)
	for i := range r.w.cells {
		r.w.cells[i].known = dictionary{}
	}
	r.w.json.hear(r.w.cells)
}

// PlainBefore reads a line by the plain pass, with another one behind it, and
// checks no totals.
func (r *Reader) PlainBefore(line, next string) (o Object, ok bool) {
	text := append([]byte(line+"\n"+next+"\n"), make([]byte, slack)...)
	r.Any("{}") // so that there is an empty record to read into
	if !r.w.plainObject(text, 0, len(line)) {
		return Object{}, false
	}
	return r.object(), true
}

// Padded returns lines as they are in a chunk, with bytes behind them that may be
// looked at.
func Padded(lines []byte) []byte { return append(lines, make([]byte, slack)...)[:len(lines)] }

// PlainLines reads padded lines by the plain pass, and returns how many it took.
func (r *Reader) PlainLines(lines []byte) (n int) {
	r.Any("{}")
	text := lines[:len(lines)+slack]
	for from := 0; from < len(lines); {
		to := from + bytes.IndexByte(lines[from:], '\n')
		r.w.cohort.ClearLane(0)
		if r.w.plainObject(text, from, to) {
			n++
		}
		from = to + 1
	}
	return n
}
