package engine

import (
	"cmp"
	"slices"
)

// The normal form of a condition is an "any" of terms, and a term an "all" of
// literals. Kleene's logic is a distributive lattice with De Morgan's laws, so
// that bringing a condition into this form keeps its value for all answers,
// the missing ones included. What does not hold in it are the laws of the
// complement: "x or not x" is unknown while x is, and must stay so. For that
// reason a literal with no class left, or with all of them, is kept.

// term is sorted by input and has one literal for each point and flag. A span
// may have several: between two bounds, two tests can each be possible though
// no value passes both, and Kleene's logic calls their "all" unknown.
type term []literal

// The sizes up to which conditions are brought into normal form.
const (
	maxCriterionTerms = 64      // of one rule; beyond, it is walked
	maxWorkingTerms   = 128     // on the way there
	maxProductTerms   = 1024    // before absorption
	maxAllTerms       = 1 << 14 // of all rules together; beyond, the rest is walked
)

// normalise returns the terms of each rule.
func (e *Engine) normalise() [][]term {
	e.gatherInputs()
	n := &normaliser{e: e, done: make(map[polar]normalForm)}
	out := make([][]term, len(e.rules))
	all := 0
	for _, i := range e.hotFirst() {
		root := e.rules[i].root
		if root == noNode {
			out[i] = []term{{}}
			continue
		}
		f := n.form(polar{root, false})
		if !f.ok || len(f.terms) > maxCriterionTerms || all+len(f.terms) > maxAllTerms {
			f.terms = []term{{e.inputs.walk(root)}}
		}
		out[i] = f.terms
		all += len(f.terms)
	}
	return out
}

type polar struct {
	node int32
	not  bool
}

type normalForm struct {
	terms []term
	ok    bool // false: too long
}

type normaliser struct {
	e    *Engine
	done map[polar]normalForm
}

func (n *normaliser) form(p polar) normalForm {
	if f, ok := n.done[p]; ok {
		return f
	}
	f := n.make(p)
	n.done[p] = f
	return f
}

func (n *normaliser) make(p polar) normalForm {
	nd := &n.e.tree.nodes[p.node]
	if nd.leaf != noLeaf {
		return normalForm{n.leafTerms(nd.leaf, p.not), true}
	}
	count, not := int(nd.count), nd.not != p.not
	if not {
		count = len(nd.kids) - count + 1 // "fewer than c hold" is "at least n-c+1 do not"
	}
	return n.atLeast(count, nd.kids, not)
}

// leafTerms turns a test that no answer can pass or fail into no term and the
// empty one: it is not unknown even if the answer is missing.
func (n *normaliser) leafTerms(l int32, not bool) []term {
	lit := n.e.inputs.ofLeaf[l]
	in := &n.e.inputs.list[lit.input]
	if in.kind != flag && in.masks == nil && (lit.set == 0 || lit.set == in.full) {
		if (lit.set == 0) == not {
			return []term{{}}
		}
		return nil
	}
	if not {
		lit.set = in.full &^ lit.set
	}
	return []term{{lit}}
}

// atLeast builds "at least count of the kids", all and any included, kid by
// kid: so far[j] is that j of those seen hold. Only the j from which count can
// still be reached are kept.
func (n *normaliser) atLeast(count int, kids []int32, not bool) normalForm {
	if count <= 0 {
		return normalForm{[]term{{}}, true}
	}
	if count > len(kids) {
		return normalForm{nil, true}
	}
	so := make([][]term, count+1)
	so[0] = []term{{}}
	for i, k := range kids {
		f := n.form(polar{k, not})
		if !f.ok {
			return f
		}
		least := max(count-(len(kids)-i-1), 1)
		for j := min(count, i+1); j >= least; j-- {
			both, ok := n.product(so[j-1], f.terms)
			if !ok {
				return normalForm{}
			}
			if so[j] = absorb(append(slices.Clone(so[j]), both...)); len(so[j]) > maxWorkingTerms {
				return normalForm{}
			}
		}
	}
	return normalForm{so[count], true}
}

func (n *normaliser) product(x, y []term) ([]term, bool) {
	if len(x)*len(y) > maxProductTerms {
		return nil, false
	}
	out := make([]term, 0, len(x)*len(y))
	for _, s := range x {
		for _, t := range y {
			out = append(out, n.join(s, t))
		}
	}
	return out, true
}

// join is the "all" of two terms.
func (n *normaliser) join(s, t term) term {
	u := append(slices.Clone(s), t...)
	slices.SortFunc(u, compareLiterals)
	out := u[:0]
	for _, l := range u {
		last := len(out) - 1
		switch {
		case last < 0 || out[last].input != l.input:
			out = append(out, l)
		case n.e.inputs.list[l.input].kind != span:
			out[last].set &= l.set
		default:
			out = addSpanLiteral(out, l)
		}
	}
	return out
}

// addSpanLiteral leaves out the weaker of two tests of one total.
func addSpanLiteral(t term, l literal) term {
	for i := len(t) - 1; i >= 0 && t[i].input == l.input; i-- {
		if t[i].set&^l.set == 0 {
			return t
		}
		if l.set&^t[i].set == 0 {
			t = slices.Delete(t, i, i+1)
		}
	}
	t = append(t, l)
	slices.SortFunc(t, compareLiterals)
	return t
}

func compareLiterals(x, y literal) int {
	return cmp.Or(cmp.Compare(x.input, y.input), cmp.Compare(x.set, y.set))
}

// absorb drops terms that hold only where another one does: "x, or x and y"
// is "x".
func absorb(terms []term) []term {
	slices.SortStableFunc(terms, func(s, t term) int { return cmp.Compare(len(s), len(t)) })
	out := terms[:0]
	for _, t := range terms {
		if !slices.ContainsFunc(out, func(s term) bool { return implies(t, s) }) {
			out = append(out, t)
		}
	}
	return out
}

// implies reports whether s holds wherever t does, in three values: each of
// its literals is a weaker one of t.
func implies(t, s term) bool {
	for _, l := range s {
		if !slices.ContainsFunc(t, func(m literal) bool { return m.input == l.input && m.set&^l.set == 0 }) {
			return false
		}
	}
	return true
}
