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

// leafSlots marks the slots behind the value of a test: its own, or of a score
// those that are answered or, if the test is unknown, those that are missing.
// A total stands for its items.
func (j *justifier) leafSlots(l *leaf, t Truth, marks []bool) {
	if l.kind != inScore {
		marks[l.slot] = true
		return
	}
	s := &j.e.scores[l.score]
	for i := range s.summands {
		sum := &s.summands[i]
		if j.answered(sum) != (t == Unknown) {
			marks[sum.slot] = true
		}
	}
}

func (j *justifier) answered(s *summand) bool {
	if s.inst >= 0 {
		return j.sums.totals[s.inst].known
	}
	return j.e.known(j.a, s.slot)
}
