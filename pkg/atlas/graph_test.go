package atlas_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/atlas"
	"github.com/carelevel/carelevel/pkg/pack"
)

// meets decides a condition on complete answers, as naively as can be.
func meets(p *pack.Pack, c pack.Condition, a pack.Answers) bool {
	holds := func(c pack.Condition) bool { return meets(p, c, a) }
	switch c := c.(type) {
	case *pack.All:
		return !slices.ContainsFunc(c.Of, func(c pack.Condition) bool { return !holds(c) })
	case *pack.Any:
		return slices.ContainsFunc(c.Of, holds)
	case *pack.None:
		return !slices.ContainsFunc(c.Of, holds)
	case *pack.In:
		var v pack.Value
		if c.Score != nil {
			v = scoreOf(p, c.Score, a)
		} else {
			v = answerOf(p, c.Slot, a)
		}
		return slices.ContainsFunc(c.Ranges, func(r pack.Interval) bool { return r.From <= v && v <= r.To })
	case *pack.Includes:
		if c.All {
			return a[c.Slot]&c.Mask == c.Mask
		}
		return a[c.Slot]&c.Mask != 0
	}
	panic(fmt.Sprintf("%T", c))
}

// wiring evaluates a drawing of criteria as what it is: a network of gates.
type wiring struct {
	p    *pack.Pack
	g    *atlas.Graph
	node map[string]*atlas.Node
	a    pack.Answers
}

func (w *wiring) on(id string) bool {
	in, on := 0, 0
	for _, e := range w.g.Edges {
		if e.To != id {
			continue
		}
		in++
		if e.Test != nil && meets(w.p, e.Test, w.a) || e.Test == nil && w.on(e.From) {
			on++
		}
	}
	count := 1
	switch text := w.node[id].Text; {
	case w.node[id].Kind != atlas.GateNode || text == "any of":
	case text == "all of":
		count = in
	case text == "none of":
		return on == 0
	default:
		fmt.Sscanf(text, "at least %d of", &count)
	}
	return on >= count
}

func nodesOf(g *atlas.Graph) map[string]*atlas.Node {
	out := map[string]*atlas.Node{}
	for i := range g.Nodes {
		out[g.Nodes[i].ID] = &g.Nodes[i]
	}
	return out
}

// TestCriteriaAreWiredAsTheyAreWritten lets current through the drawings of
// small packs: the highest level that it reaches is the recommended one.
func TestCriteriaAreWiredAsTheyAreWritten(t *testing.T) {
	trials(t, 300, 500, func(t *testing.T, x *trial) {
		g := atlas.DrawCriteria(x.p, nil)
		w := &wiring{p: x.p, g: g, node: nodesOf(g)}
		for i, a := range x.answers {
			w.a = a
			highest := 0
			for _, n := range g.Nodes {
				if n.Kind == atlas.LevelNode && w.on(n.ID) {
					highest = max(highest, x.p.Level(n.About).Index)
				}
			}
			if highest != x.levels[i] {
				t.Fatalf("seed %d: %v lights level %d, which is %d\n%v", x.seed, a, highest, x.levels[i], g)
			}
		}
	})
}

// TestDecisionsLeadToTheLevel follows the arrows of small packs' decisions for
// every combination of answers: always one fits.
func TestDecisionsLeadToTheLevel(t *testing.T) {
	trials(t, 300, 500, func(t *testing.T, x *trial) {
		for l := -1; l < len(x.p.Levels); l++ {
			var level *pack.Level
			if l >= 0 {
				level = x.p.Levels[l]
			}
			g, err := atlas.DrawDecision(x.p, level, 0)
			if err != nil {
				t.Fatal(err)
			}
			node := nodesOf(g)
			for i, a := range x.answers {
				want := x.p.Levels[x.levels[i]].ID
				if level != nil {
					want = "no"
					if x.levels[i] >= l {
						want = "yes"
					}
				}
				if got := follow(t, x, g, a); node[got].About != want {
					t.Fatalf("seed %d: %v leads to %s, which is %s\n%v", x.seed, a, node[got].About, want, g)
				}
			}
		}
	})
}

func follow(t *testing.T, x *trial, g *atlas.Graph, a pack.Answers) string {
	t.Helper()
	at := g.Nodes[0].ID
	for range len(g.Nodes) {
		var to []string
		leaves := false
		for _, e := range g.Edges {
			if e.From == at {
				leaves = true
				if meets(x.p, e.Test, a) {
					to = append(to, e.To)
				}
			}
		}
		switch {
		case !leaves:
			return at
		case len(to) != 1:
			t.Fatalf("seed %d: %v fits %d arrows at %s\n%v", x.seed, a, len(to), at, g)
		}
		at = to[0]
	}
	t.Fatalf("seed %d: the arrows go in circles\n%v", x.seed, g)
	return ""
}

// TestShippedDecisionsStaySmall pins what was found, so that an order that has
// become worse shows.
func TestShippedDecisionsStaySmall(t *testing.T) {
	for _, c := range []struct {
		pack, level string
		most        int
	}{{"mental-health", "", 60}, {"mental-health", "crisis", 3}, {"mental-health", "php", 24}, {"mental-health", "iop", 34}, {"medicare-iop", "", 5}} {
		p := shipped(t, c.pack)
		g, err := atlas.DrawDecision(p, p.Level(c.level), 0)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, node := range g.Nodes {
			if node.Kind == atlas.QuestionNode {
				n++
			}
		}
		if t.Logf("%s %s: %d questions", c.pack, c.level, n); n > c.most {
			t.Errorf("%s %s: %d questions, at most %d before", c.pack, c.level, n, c.most)
		}
	}
}

// TestNegationsAreNamed draws the forms that are easily misread.
func TestNegationsAreNamed(t *testing.T) {
	multi := &pack.Question{ID: "signs", Kind: pack.Multi, Options: []pack.Option{{ID: "a", Label: "A"}, {ID: "b", Label: "B"}, {ID: "c", Label: "C"}}, Max: 7}
	days := &pack.Question{ID: "days", Kind: pack.Number, Max: 30, Slot: 1}
	from := &pack.Question{ID: "from", Kind: pack.Choice, Slot: 2, Max: 3, Options: []pack.Option{{ID: "w", Label: "W"}, {ID: "x", Label: "X"}, {ID: "y", Label: "Y"}, {ID: "z", Label: "Z"}}}
	p := &pack.Pack{ID: "p", Questions: []*pack.Question{multi, days, from}, Levels: []*pack.Level{{ID: "low"}, {ID: "high", Index: 1}},
		Slots: []pack.Slot{{ID: "signs", Question: multi, Item: -1, Max: 7}, {ID: "days", Question: days, Item: -1, Max: 30}, {ID: "from", Question: from, Item: -1, Max: 3}}}
	in := func(slot int, from, to pack.Value) pack.Condition {
		return &pack.In{Slot: slot, Ranges: []pack.Interval{{From: from, To: to}}}
	}
	all, any := func(of ...pack.Condition) pack.Condition { return &pack.All{Of: of} }, func(of ...pack.Condition) pack.Condition { return &pack.Any{Of: of} }
	none := func(of ...pack.Condition) pack.Condition { return &pack.None{Of: of} }
	ab := &pack.Includes{Mask: 3}
	both := &pack.Includes{Mask: 3, All: true}
	for _, c := range []struct {
		when pack.Condition
		want string
	}{
		{ab, "signs -[A / B]-> c"},
		{both, "signs -[A + B]-> c"},
		{none(ab), "signs -[none of A / B]-> c"},
		{none(both), "signs -[not all of A + B]-> c"},
		{none(&pack.Includes{Mask: 1}), "signs -[not A]-> c"},
		{&pack.Includes{Mask: 7}, "signs -[any]-> c"},
		{none(&pack.Includes{Mask: 7}), "signs -[none]-> c"},
		{in(1, 2, 30), "days -[2 or more]-> c"},
		{none(in(1, 2, 4)), "days -[1 or less / 5 or more]-> c"},
		{in(2, 0, 2), "from -[not Z]-> c"},
		{any(in(1, 0, 1), in(1, 9, 9)), "days -[1 or less / 9]-> c"},
		{all(in(1, 2, 30), in(1, 0, 9)), "all of -> c; days -[2 or more]-> all of; days -[9 or less]-> all of"},
		{none(any(ab, in(1, 3, 3))), "none of -> c; signs -[A / B]-> none of; days -[3]-> none of"},
		{all(any(ab, in(1, 3, 3)), in(2, 1, 1)), "all of -> c; any of -> all of; signs -[A / B]-> any of; days -[3]-> any of; from -[X]-> all of"},
		{&pack.AtLeast{Count: 2, Of: []pack.Condition{ab, in(1, 3, 3), all(in(2, 1, 1), both)}},
			"at least 2 of -> c; signs -[A / B]-> at least 2 of; days -[3]-> at least 2 of; all of -> at least 2 of; from -[X]-> all of; signs -[A + B]-> all of"},
	} {
		p.Levels[1].Indications = []*pack.Criterion{{ID: "c", Because: "c", When: c.when}}
		g := atlas.DrawCriteria(p, nil)
		node := nodesOf(g)
		var got []string
		for _, e := range g.Edges {
			if node[e.To].Kind == atlas.LevelNode {
				continue
			}
			arrow := "->"
			if e.Label != "" {
				arrow = "-[" + e.Label + "]->"
			}
			got = append(got, node[e.From].Text+" "+arrow+" "+node[e.To].Text)
		}
		if text := strings.Join(got, "; "); text != c.want {
			t.Errorf("got  %s\nwant %s", text, c.want)
		}
	}
}
