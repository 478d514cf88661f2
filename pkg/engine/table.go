package engine

import "github.com/carelevel/carelevel/pkg/pack"

// block is as many terms as are decided together: what fits into registers.
const (
	blockWords = 4
	blockTerms = 64 * blockWords
)

// table says, for each class of each input, which terms that class leaves
// standing. Deciding is to look up one row per input and to keep the terms
// that stand in all of them.
//
// There are two kinds of rows. A row of a known value has the terms that it
// does not falsify; what is in all of those is possible. A row of an open value
// has the terms that do not depend on it; what is possible and in all of those
// holds.
type table struct {
	rows     [][blockWords]uint64 // those of the first block, then those of the second, …
	perBlock int32
	blocks   int
	hot      int      // blocks that Decide computes; the rest are computed when asked for
	terms    []uint64 // a bit for each term there is

	points  []pointReader
	numbers []int32 // of rows, by value; see pointReader
	wide    []wideReader
	spans   []spanReader
	flags   []flagReader
}

// pointReader finds the row of a slot with a small domain.
type pointReader struct {
	min  pack.Value
	size uint64 // how many values
	base int32  // numbers[base+v-min]; one more entry stands for what is outside
	slot int32
	open int32
}

// maxDirect is how many values a slot may have to be looked up by value.
const maxDirect = 1 << 10

// wideReader finds the row of a slot with a large domain by its classes.
type wideReader struct {
	slot     int32
	min, max pack.Value
	starts   []pack.Value
	first    int32 // the row of the first class
	open     int32
}

// spanReader finds the rows of a total or a score.
type spanReader struct {
	inst    int32 // of a total, or -1
	score   int32
	starts  []pack.Value
	first   int32 // of the rows of pairs (lo, hi) with lo <= hi: known, and open if lo < hi
	classes int32
	byValue []uint8 // class by value less starts[0], nil for a large domain
}

// flagReader finds the rows of a flag: first if false, first+1 if true,
// first+2 if unknown.
type flagReader struct {
	leaf  *leaf
	node  int32
	first int32
}

// fillTable gives each input its rows and strikes out terms in them.
func (e *Engine) fillTable() {
	t := &e.table
	t.blocks = (len(e.terms) + blockTerms - 1) / blockTerms
	t.hot = (e.layout.hot + blockTerms - 1) / blockTerms
	t.terms = make([]uint64, t.blocks*blockWords)
	for i := range e.terms {
		t.terms[i>>6] |= 1 << (i & 63)
	}
	first := make([]int32, len(e.inputs.list))
	for i := range e.inputs.list {
		first[i] = t.perBlock
		t.perBlock += e.inputs.list[i].rowCount()
	}
	t.rows = make([][blockWords]uint64, int(t.perBlock)*t.blocks)
	for i := range t.rows {
		t.rows[i] = [blockWords]uint64{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}
	}
	for number, tm := range e.terms {
		for _, l := range tm {
			e.inputs.list[l.input].strike(l.set, func(row int32) {
				b, at := number/blockTerms, number%blockTerms
				t.rows[int32(b)*t.perBlock+first[l.input]+row][at>>6] &^= 1 << (at & 63)
			})
		}
	}
	for i := range e.inputs.list {
		e.addReader(&e.inputs.list[i], first[i])
	}
}

func (in *input) classCount() int32 {
	switch {
	case in.kind == flag:
		return 2
	case in.masks != nil:
		return int32(len(in.class))
	}
	return int32(len(in.starts))
}

// rowCount is how many rows an input has: one per class and one for open, or
// two per pair of classes.
func (in *input) rowCount() int32 {
	n := in.classCount()
	if in.kind == span {
		return 2 * n * n
	}
	return n + 1
}

// strike calls clear for each row in which a literal with these classes
// strikes out its term.
func (in *input) strike(set uint64, clear func(row int32)) {
	n := in.classCount()
	if in.kind != span {
		for c := range n {
			if set>>c&1 == 0 {
				clear(c)
			}
		}
		clear(n)
		return
	}
	for lo := range n {
		for hi := lo; hi < n; hi++ {
			between := uint64(1)<<(hi+1) - uint64(1)<<lo
			if set&between == 0 {
				clear(2 * (lo*n + hi))
			}
			if between&^set != 0 {
				clear(2*(lo*n+hi) + 1)
			}
		}
	}
}

func (e *Engine) addReader(in *input, first int32) {
	t, n := &e.table, in.classCount()
	switch in.kind {
	case flag:
		t.flags = append(t.flags, flagReader{leaf: &in.leaf, node: in.node, first: first})
	case span:
		s := spanReader{inst: in.leaf.inst, score: in.leaf.score, starts: in.starts, first: first, classes: n}
		if in.max-in.starts[0] < maxDirect {
			for v := in.starts[0]; v <= in.max; v++ {
				s.byValue = append(s.byValue, uint8(in.classOf(v)))
			}
		}
		t.spans = append(t.spans, s)
	case point:
		s := &e.pack.Slots[in.leaf.slot]
		if s.Max-s.Min >= maxDirect {
			t.wide = append(t.wide, wideReader{slot: in.leaf.slot, min: s.Min, max: s.Max, starts: in.starts, first: first, open: first + n})
			return
		}
		p := pointReader{min: s.Min, size: uint64(s.Max-s.Min) + 1, base: int32(len(t.numbers)), slot: in.leaf.slot, open: first + n}
		for v := s.Min; v <= s.Max; v++ {
			t.numbers = append(t.numbers, first+int32(in.classOf(v)))
		}
		t.numbers = append(t.numbers, 0)
		t.points = append(t.points, p)
	}
}
