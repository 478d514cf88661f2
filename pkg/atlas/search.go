package atlas

// A table of few rows is a tree of few leaves: every way from its root to a
// leaf is a row. The diagram of the function is such a tree already, but with
// one order of questions for all of it and one branch for every answer that
// differs. A good tree asks different things in different branches, and at
// first only whether one answer settles the matter.
//
// The search tries at each function the most promising splits and keeps the
// best. What it found out about a function it remembers, and functions that
// come up by different ways are recognized as the same, which is what makes
// trying several ways affordable. Each level is searched by itself: its rows
// need not respect how the rows of another level are cut.
//
// The default pack shows what each of this is worth: 3,534 ways through its
// diagram; 832 where each level has a diagram of its own; 135 rows with the
// most promising split at each function; 132 with the better of two, 128 with
// the best of three, and no fewer with four. One tree for all levels has 140
// leaves at best.

// search finds a tree with one guess and one width.
type search struct {
	g     *forest
	by    promise
	width int // how many splits are tried at each function
	until int // steps after which nothing more is tried
	best  map[ref]choice
}

// choice is the best tree known for a function: how many rows it has, and its
// split; none where the diagram itself is the tree.
type choice struct {
	rows  uint64
	split *split
}

// rows returns how many rows the best tree for f has that was found.
func (s *search) rows(f ref) uint64 {
	if f < constants {
		return s.g.paths[f]
	}
	if known, ok := s.best[f]; ok {
		return known.rows
	}
	best := choice{rows: s.g.paths[f]}
	if best.rows > 1 && s.g.steps < s.until {
		for _, try := range s.g.promising(f, s.by, s.width) {
			if rows := s.rows(try.a) + s.rows(try.b); rows < best.rows || best.split == nil && rows == best.rows {
				best = choice{rows, &try}
			}
		}
	}
	s.best[f] = best
	return best.rows
}

// maxWidth is the widest search. Wider ones took seconds and found nothing.
const maxWidth = 4

// patience is how many times its effort a search may take that looks at one
// split only. Any wider one starts only within the effort.
const patience = 8

// fewRows returns the trees of the best search for f: every guess, ever wider,
// until the effort is spent or nothing is left to gain.
func fewRows(g *forest, f ref, effort int) *search {
	var least *search
	limit := g.steps + effort
	for width := 1; width <= maxWidth; width++ {
		for _, by := range []promise{fewPaths, smallDiagram} {
			if least != nil && (g.steps >= limit || least.rows(f) <= 1) {
				return least
			}
			s := &search{g: g, by: by, width: width, until: limit, best: map[ref]choice{}}
			if width == 1 {
				s.until = limit + (patience-1)*effort
			}
			if s.rows(f); least == nil || s.rows(f) < least.rows(f) {
				least = s
			}
		}
	}
	return least
}

// box is a set of classes for every variable: one row.
type box [][]bool

// boxes returns the rows of the tree for f. It stops early once there are more
// than limit.
func (s *search) boxes(f ref, limit int) []box {
	var out []box
	at := make(box, len(s.g.arity))
	for v, n := range s.g.arity {
		at[v] = make([]bool, n)
		for c := range at[v] {
			at[v][c] = true
		}
	}
	var walk func(ref)
	walk = func(f ref) {
		if s.g.paths[f] == 0 || len(out) > limit {
			return
		}
		if f < constants {
			out = append(out, append(box(nil), at...))
			return
		}
		for _, part := range s.parts(f) {
			old := at[part.variable]
			if both := intersect(old, part.in); both != nil {
				at[part.variable] = both
				walk(part.a)
				at[part.variable] = old
			}
		}
	}
	walk(f)
	return out
}

// parts returns the branches of the tree at f: the a of each is what follows.
func (s *search) parts(f ref) []split {
	if c := s.best[f]; c.split != nil {
		other := *c.split
		other.a, other.in = c.split.b, make([]bool, len(c.split.in))
		for i, in := range c.split.in {
			other.in[i] = !in
		}
		return []split{*c.split, other}
	}
	var out []split
	kids := s.g.under(f)
	for i, k := range kids {
		part := split{variable: s.g.varOf(f), in: make([]bool, len(kids)), a: k}
		first := i
		for j := range kids {
			if part.in[j] = kids[j] == k; part.in[j] {
				first = min(first, j)
			}
		}
		if first == i {
			out = append(out, part)
		}
	}
	return out
}

// intersect returns what two sets of classes have in common, nil if nothing.
func intersect(a, b []bool) []bool {
	out, any := make([]bool, len(a)), false
	for i := range a {
		out[i] = a[i] && b[i]
		any = any || out[i]
	}
	if !any {
		return nil
	}
	return out
}
