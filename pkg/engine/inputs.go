package engine

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// inputs are what the terms test. Each has numbered classes of values; within
// one class no test can tell two values apart.
//
//   - a point is a slot: its class is known, or the answer is missing;
//   - a span is a total or a score: it lies between two classes;
//   - a flag is one condition by itself: true, false or unknown. It stands for
//     what fits neither of the others, such as a criterion whose normal form
//     would be too long and which is walked instead.
type inputs struct {
	list    []input
	ofLeaf  []literal       // for each leaf, the literal that it is
	ofNode  map[int32]int32 // node → the flag that walks it
	walkAll bool            // whether any flag walks the tree
}

type inputKind uint8

const (
	point inputKind = iota
	span
	flag
)

type input struct {
	kind   inputKind
	leaf   leaf         // where its value comes from: slot, total or score; a flag's own test
	node   int32        // a flag that walks a node of the tree; else noNode
	starts []pack.Value // the least value of each class, the first that of the domain
	masks  []leaf       // a multiple choice's tests; class c is their truths as bits
	class  []uint64     // a multiple choice's: truths of the masks, by class
	full   uint64       // a bit per class
	max    pack.Value
}

// The sizes up to which a slot, a total or a score is one input. Beyond, each
// of its tests is a flag.
const (
	maxPointClasses = 64 // a bit set is one word
	maxSpanClasses  = 16 // a row per pair of classes
	maxMultiOptions = 8  // a row number per value
)

// literal is an input and the classes in which a leaf holds.
type literal struct {
	input int32
	set   uint64
}

// The classes of a flag.
const (
	flagFalse = 1 << iota
	flagTrue
)

// gatherInputs finds the inputs of all leaves.
func (e *Engine) gatherInputs() {
	e.inputs.ofLeaf = make([]literal, len(e.tree.leaves))
	e.inputs.ofNode = make(map[int32]int32)
	done := make([]bool, len(e.tree.leaves))
	for i := range e.tree.leaves {
		if done[i] {
			continue
		}
		group := e.sameValue(i)
		in, ok := e.newInput(group)
		for _, j := range group {
			done[j] = true
			if ok {
				e.inputs.ofLeaf[j] = literal{int32(len(e.inputs.list)), in.classesOf(&e.tree.leaves[j])}
			}
		}
		if ok {
			e.inputs.list = append(e.inputs.list, in)
			continue
		}
		for _, j := range group {
			e.inputs.ofLeaf[j] = literal{int32(len(e.inputs.list)), flagTrue}
			e.inputs.list = append(e.inputs.list, input{kind: flag, leaf: e.tree.leaves[j], node: noNode, full: flagFalse | flagTrue})
		}
	}
}

// sameValue returns the leaves from i on that test the same value as i.
func (e *Engine) sameValue(i int) []int {
	first := &e.tree.leaves[i]
	var group []int
	for j := i; j < len(e.tree.leaves); j++ {
		l := &e.tree.leaves[j]
		if l.kind == first.kind && l.slot == first.slot && l.score == first.score {
			group = append(group, j)
		}
	}
	return group
}

// newInput makes one input of the tests of one value, unless there are too
// many classes for it.
func (e *Engine) newInput(group []int) (input, bool) {
	in := input{leaf: e.tree.leaves[group[0]], node: noNode}
	switch in.leaf.kind {
	case answered:
		return in, false
	case includes:
		return in, e.multiClasses(&in, group)
	}
	limit := maxSpanClasses
	in.kind = span
	var lo pack.Value
	switch in.leaf.kind {
	case inScore:
		lo, in.max = scoreDomain(e.pack, e.pack.Scores[in.leaf.score])
	default:
		lo, in.max = e.pack.Slots[in.leaf.slot].Min, e.pack.Slots[in.leaf.slot].Max
	}
	if in.leaf.kind == inSlot {
		in.kind, limit = point, maxPointClasses
	}
	in.starts = []pack.Value{lo}
	for _, j := range group {
		for _, r := range e.tree.leaves[j].ranges {
			in.starts = append(in.starts, r.From)
			if r.To < in.max {
				in.starts = append(in.starts, r.To+1)
			}
		}
	}
	slices.Sort(in.starts)
	in.starts = slices.Compact(in.starts)
	if len(in.starts) > limit {
		return in, false
	}
	in.full = 1<<len(in.starts) - 1
	return in, true
}

// multiClasses groups the values of a multiple choice by which tests hold.
func (e *Engine) multiClasses(in *input, group []int) bool {
	top := e.pack.Slots[in.leaf.slot].Max
	if top >= 1<<maxMultiOptions || e.pack.Slots[in.leaf.slot].Min != 0 || len(group) > 63 {
		return false
	}
	in.kind, in.max = point, top
	for _, j := range group {
		in.masks = append(in.masks, e.tree.leaves[j])
	}
	for v := pack.Value(0); v <= top; v++ {
		if s := in.signature(v); !slices.Contains(in.class, s) {
			in.class = append(in.class, s)
		}
	}
	in.full = 1<<len(in.class) - 1
	return len(in.class) <= maxPointClasses
}

func (in *input) signature(v pack.Value) uint64 {
	var s uint64
	for i := range in.masks {
		if in.masks[i].includesValue(v) {
			s |= 1 << i
		}
	}
	return s
}

// classOf returns the class of a value of the domain; of one below it, the first.
func (in *input) classOf(v pack.Value) int {
	if in.masks != nil {
		return slices.Index(in.class, in.signature(v))
	}
	i, found := slices.BinarySearch(in.starts, v)
	if found {
		return i
	}
	return max(i-1, 0)
}

// classesOf returns the classes in which a leaf of the group holds.
func (in *input) classesOf(l *leaf) uint64 {
	var set uint64
	if in.masks != nil {
		for i := range in.masks {
			if in.masks[i].mask == l.mask && in.masks[i].all == l.all {
				for c, s := range in.class {
					set |= s >> i & 1 << c
				}
				return set
			}
		}
	}
	for c, v := range in.starts {
		if testInterval(l.ranges, v, v) == True {
			set |= 1 << c
		}
	}
	return set
}

// walk returns the flag that walks a node of the tree.
func (in *inputs) walk(node int32) literal {
	at, ok := in.ofNode[node]
	if !ok {
		at = int32(len(in.list))
		in.ofNode[node] = at
		in.list = append(in.list, input{kind: flag, node: node, full: flagFalse | flagTrue})
		in.walkAll = true
	}
	return literal{at, flagTrue}
}
