package engine

import "github.com/carelevel/carelevel/pkg/pack"

// table says, for each class of each input, which terms that class leaves
// standing. Deciding is to look up one row per input and to keep what stands
// in all of them. There are two: one for what Decide computes at once, with
// none but the inputs that matter to it, and one for all the rest.
type table struct {
	rows     []row // those of the first block, then those of the second, …
	perBlock uint32
	from, to int      // blocks
	terms    []uint64 // a bit for each term that there is, in all blocks of the engine

	points  []pointReader
	numbers []uint32 // of rows, by value; see pointReader
	wide    []wideReader
	spans   []spanReader
	masks   []maskReader
	flags   []flagReader
}

// row has the terms of one block that a value does not falsify, and those that
// it makes hold: for a known value the same, for an open one all terms, and
// those that do not test it.
type row struct{ possible, holds block }

// block is as many terms as are decided together. The default pack's
// indications and requirements fit into one; wider ones do not get faster, since
// what is kept has to stay in registers.
type block [blockWords]uint64

const (
	blockWords = 2
	blockTerms = 64 * blockWords
)

// pointReader finds the row of a slot with a small domain.
type pointReader struct {
	min  pack.Value
	size uint64 // how many values
	base uint32 // numbers[base+v-min]; one more entry stands for what is outside
	slot int32
}

// maxDirect is how many values a slot may have to be looked up by value.
const maxDirect = 1 << 10

// wideReader finds the row of a slot with a large domain by its classes.
type wideReader struct {
	slot     int32
	min, max pack.Value
	starts   []pack.Value
	first    uint32 // the row of the first class
	open     uint32 // the row of a missing answer
}

// spanReader finds the rows of a total or a score.
type spanReader struct {
	inst    int32 // of a total, or -1
	score   int32
	starts  []pack.Value
	first   uint32 // of the rows of pairs (lo, hi) with lo <= hi
	classes uint32
	byValue []uint8 // class by value less starts[0], nil for a large domain
}

// maskReader finds the row of a flag that tests options of a multiple choice:
// the commonest kind, and quick to read.
type maskReader struct {
	slot     int32
	first    uint32
	max      uint64
	mask     pack.Value
	selected pack.Value // of mask: what is there if all are wanted; 0: any will do
}

// flagReader finds the row of a flag: first if false, then true, then unknown.
type flagReader struct {
	leaf  *leaf
	node  int32
	first uint32
}

// newTable makes the table of the blocks from..to-1.
func (e *Engine) newTable(from, to int) *table {
	t := &table{from: from, to: to, terms: make([]uint64, to*blockWords)}
	terms := e.terms[min(from*blockTerms, len(e.terms)):min(to*blockTerms, len(e.terms))]
	first := e.giveRows(t, terms)
	t.rows = make([]row, int(t.perBlock)*(to-from))
	for i := range t.rows {
		t.rows[i] = row{allTerms, allTerms}
	}
	for i, tm := range terms {
		if n := i + from*blockTerms; e.layout.ruleOf[n] != noRule {
			t.terms[n>>6] |= 1 << (n & 63)
		}
		for _, l := range tm {
			rows := t.rows[uint32(i/blockTerms)*t.perBlock+first[l.input]:]
			e.inputs.list[l.input].strike(rows, l.set, i%blockTerms)
		}
	}
	return t
}

var allTerms = block{^uint64(0), ^uint64(0)}

// giveRows counts the rows of the inputs that the terms test, adds their
// readers, and returns the first row of each.
func (e *Engine) giveRows(t *table, terms []term) []uint32 {
	used := make([]bool, len(e.inputs.list))
	for _, tm := range terms {
		for _, l := range tm {
			used[l.input] = true
		}
	}
	first := make([]uint32, len(used))
	for i := range used {
		if in := &e.inputs.list[i]; used[i] {
			first[i] = t.perBlock
			t.perBlock += in.rowCount()
			e.addReader(t, in, first[i])
		}
	}
	return first
}

func (in *input) classCount() uint32 {
	switch {
	case in.kind == flag:
		return 2
	case in.masks != nil:
		return uint32(len(in.class))
	}
	return uint32(len(in.starts))
}

// rowCount is how many rows an input has: one per class and one for open, or
// one per pair of classes.
func (in *input) rowCount() uint32 {
	n := in.classCount()
	if in.kind == span {
		return n * n
	}
	return n + 1
}

// strike takes a term out of the rows of an input, given the classes in which
// the term's literal holds. Of a span, the literal is false where no class
// between the two bounds is among them, and unknown where not all are.
func (in *input) strike(rows []row, set uint64, term int) {
	word, bit := term>>6, uint64(1)<<(term&63)
	n := in.classCount()
	if in.kind != span {
		for c := range n {
			if set>>c&1 == 0 {
				rows[c].possible[word] &^= bit
				rows[c].holds[word] &^= bit
			}
		}
		rows[n].holds[word] &^= bit
		return
	}
	for lo := range n {
		for hi := lo; hi < n; hi++ {
			between := uint64(1)<<(hi+1) - uint64(1)<<lo
			if set&between == 0 {
				rows[lo*n+hi].possible[word] &^= bit
			}
			if between&^set != 0 {
				rows[lo*n+hi].holds[word] &^= bit
			}
		}
	}
}

func (e *Engine) addReader(t *table, in *input, first uint32) {
	n := in.classCount()
	switch in.kind {
	case flag:
		if l := &in.leaf; in.node == noNode && l.kind == includes && e.pack.Slots[l.slot].Min == 0 && l.mask != 0 {
			m := maskReader{slot: l.slot, first: first, max: uint64(e.pack.Slots[l.slot].Max), mask: l.mask}
			if l.all {
				m.selected = l.mask
			}
			t.masks = append(t.masks, m)
			return
		}
		t.flags = append(t.flags, flagReader{leaf: &in.leaf, node: in.node, first: first})
	case span:
		t.spans = append(t.spans, newSpanReader(in, first))
	case point:
		s := &e.pack.Slots[in.leaf.slot]
		if s.Max-s.Min >= maxDirect {
			t.wide = append(t.wide, wideReader{slot: in.leaf.slot, min: s.Min, max: s.Max, starts: in.starts, first: first, open: first + n})
			return
		}
		t.points = append(t.points, pointReader{min: s.Min, size: uint64(s.Max-s.Min) + 1, base: uint32(len(t.numbers)), slot: in.leaf.slot})
		for v := s.Min; v <= s.Max; v++ {
			t.numbers = append(t.numbers, first+uint32(in.classOf(v)))
		}
		t.numbers = append(t.numbers, first+n)
	}
}

func newSpanReader(in *input, first uint32) spanReader {
	s := spanReader{inst: in.leaf.inst, score: in.leaf.score, starts: in.starts, first: first, classes: in.classCount()}
	if in.max-in.starts[0] < maxDirect {
		for v := in.starts[0]; v <= in.max; v++ {
			s.byValue = append(s.byValue, uint8(in.classOf(v)))
		}
	}
	return s
}
