package engine

import "github.com/carelevel/carelevel/pkg/pack"

// justifier finds the answers behind the states of conditions.
type justifier struct {
	e      *Engine
	a      pack.Answers
	sums   sums
	truths []Truth
	seen   []int // of each node: the last round that visited it
	round  int
}

func newJustifier(e *Engine, a pack.Answers) *justifier {
	j := &justifier{e: e, a: a, sums: e.newSums(), truths: make([]Truth, len(e.tree.nodes)), seen: make([]int, len(e.tree.nodes))}
	e.sum(a, &j.sums)
	e.walk(a, &j.sums, j.truths)
	return j
}

// rule returns the state of a rule and the slots behind it, in slot order.
func (j *justifier) rule(i int) (Truth, []int) {
	root := j.e.rules[i].root
	if root == noNode {
		return True, nil
	}
	marks := make([]bool, len(j.e.pack.Slots))
	j.walk(root, marks)
	var slots []int
	for s, is := range marks {
		if is {
			slots = append(slots, s)
		}
	}
	return j.truths[root], slots
}

// walk marks the slots behind the value of a node.
func (j *justifier) walk(root int32, marks []bool) {
	j.round++
	j.visit(root, marks)
}

// visit goes down to the kids that give a gate its value: those that hold for
// one that enough of them hold for, those that do not for one that too few do,
// and those that are unknown for an unknown one. A kid that several gates share
// is visited once.
func (j *justifier) visit(i int32, marks []bool) {
	if j.seen[i] == j.round {
		return
	}
	j.seen[i] = j.round
	n := &j.e.tree.nodes[i]
	if n.leaf != noLeaf {
		j.leafSlots(&j.e.tree.leaves[n.leaf], j.truths[i], marks)
		return
	}
	want := j.truths[i]
	if n.not {
		want = True - want
	}
	for _, k := range n.kids {
		if j.truths[k] == want {
			j.visit(k, marks)
		}
	}
}

// leafSlots marks the slots behind the value of a test: its own, or those that
// a score sums; of a true or false test the ones that are answered, of an
// unknown one those that are missing. A total stands for its items.
func (j *justifier) leafSlots(l *leaf, t Truth, marks []bool) {
	switch l.kind {
	case answered:
		marks[l.slot] = true // that there is no answer is a reason, too
	case inScore:
		s := &j.e.scores[l.score]
		for i := range s.summands {
			j.mark(s.summands[i].slot, s.summands[i].inst, t, marks)
		}
	default:
		j.mark(l.slot, l.inst, t, marks)
	}
}

func (j *justifier) mark(slot, inst int32, t Truth, marks []bool) {
	some, all := j.e.known(j.a, slot), j.e.known(j.a, slot)
	if inst >= 0 {
		all = j.sums.totals[inst].known
		some = all || j.e.instruments[inst].begun(j.a)
	}
	if t == Unknown && !all || t != Unknown && some {
		marks[slot] = true
	}
}
