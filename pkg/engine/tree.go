package engine

import (
	"fmt"

	"github.com/carelevel/carelevel/pkg/pack"
)

// tree holds the conditions of all rules as nodes, children before parents.
// Each named condition is in it once, however often it is referred to: rules
// that refer to each other in layers stay as small as they are written.
type tree struct {
	nodes  []node
	leaves []leaf
}

// node is a leaf, or a gate that holds if at least count of its kids do; with
// not set, if fewer do. That is all of all (count is their number), any (1),
// none (1, not) and at_least, and it makes each later stage one case.
type node struct {
	leaf  int32 // position in leaves, or noLeaf for a gate
	count int32
	not   bool
	kids  []int32
}

const noLeaf = -1

// plantTree brings all conditions into the tree.
func (e *Engine) plantTree() error {
	b := newPlanter(e.pack, &e.tree)
	for _, c := range e.criteria {
		if err := e.addRule(b, "criterion", c.ID, c.When, false); err != nil {
			return err
		}
	}
	for _, s := range e.pack.Services {
		if err := e.addRule(b, "service", s.ID, s.When, true); err != nil {
			return err
		}
	}
	for _, n := range e.pack.Notes {
		if err := e.addRule(b, "note", n.ID, n.When, false); err != nil {
			return err
		}
	}
	return nil
}

func (e *Engine) addRule(b *planter, kind, id string, when pack.Condition, optional bool) error {
	root := int32(noNode)
	if when != nil || !optional {
		var err error
		if root, err = b.plant(when); err != nil {
			return fmt.Errorf("%s %q: %w", kind, id, err)
		}
	}
	e.rules = append(e.rules, rule{root: root})
	return nil
}

type planter struct {
	pack   *pack.Pack
	tree   *tree
	leafAt map[string]int32
	named  map[*pack.NamedCondition]int32
}

func newPlanter(p *pack.Pack, t *tree) *planter {
	return &planter{pack: p, tree: t, leafAt: make(map[string]int32), named: make(map[*pack.NamedCondition]int32)}
}

// underWay marks a named condition whose own condition is being planted.
const underWay = -2

func (b *planter) plant(c pack.Condition) (int32, error) {
	switch c := c.(type) {
	case *pack.All:
		return b.gate(c.Of, len(c.Of), false)
	case *pack.Any:
		return b.gate(c.Of, 1, false)
	case *pack.None:
		return b.gate(c.Of, 1, true)
	case *pack.AtLeast:
		return b.gate(c.Of, c.Count, false)
	case *pack.Ref:
		return b.reference(c.To)
	case *pack.In, *pack.Includes, *pack.Answered:
		if err := checkLeaf(b.pack, c); err != nil {
			return 0, err
		}
		return b.leaf(newLeaf(b.pack, c)), nil
	}
	return 0, errNoCondition
}

func (b *planter) gate(of []pack.Condition, count int, not bool) (int32, error) {
	g := node{leaf: noLeaf, count: int32(min(max(count, 0), len(of)+1)), not: not}
	for _, c := range of {
		kid, err := b.plant(c)
		if err != nil {
			return 0, err
		}
		g.kids = append(g.kids, kid)
	}
	return b.add(g), nil
}

func (b *planter) reference(to *pack.NamedCondition) (int32, error) {
	if to == nil {
		return 0, errNoCondition
	}
	at, seen := b.named[to]
	if seen && at == underWay {
		return 0, fmt.Errorf("condition %q refers to itself", to.ID)
	}
	if seen {
		return at, nil
	}
	b.named[to] = underWay
	at, err := b.plant(to.When)
	b.named[to] = at
	return at, err
}

// leaf gives equal tests one leaf, so that they share what is computed.
func (b *planter) leaf(l leaf) int32 {
	key := l.key()
	if at, ok := b.leafAt[key]; ok {
		return at
	}
	b.tree.leaves = append(b.tree.leaves, l)
	at := b.add(node{leaf: int32(len(b.tree.leaves) - 1)})
	b.leafAt[key] = at
	return at
}

func (b *planter) add(n node) int32 {
	b.tree.nodes = append(b.tree.nodes, n)
	return int32(len(b.tree.nodes) - 1)
}

// gateTruth is Kleene's logic for all kinds of gates.
func (n *node) gateTruth(truths []Truth) Truth {
	var count [3]int32
	for _, k := range n.kids {
		count[truths[k]]++
	}
	t := Unknown
	switch {
	case count[True] >= n.count:
		t = True
	case count[True]+count[Unknown] < n.count:
		t = False
	}
	if n.not {
		t = True - t
	}
	return t
}
