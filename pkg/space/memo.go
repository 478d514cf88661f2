package space

import "math/big"

// Memo answers questions about many conditions of one space, whose diagrams
// have much in common: what was found out about a part of one is not found out
// again for the next. It belongs to its space's goroutine.
type Memo struct {
	s       *Space
	between *between
	counts  map[Node]*big.Int
	shares  map[Node]float64
	weights [][]float64 // by variable and class: its part of the answers
	path    path        // with the cost of every node that was looked at
}

// Memo returns an empty one.
func (s *Space) Memo() *Memo {
	m := &Memo{s: s, between: s.newBetween(), counts: map[Node]*big.Int{}, shares: map[Node]float64{}, path: path{s: s, from: s.better}}
	for i := range s.variables {
		v := &s.variables[i]
		size := new(big.Float).SetInt(v.Size())
		w := make([]float64, len(v.Classes))
		for c := range v.Classes {
			w[c], _ = new(big.Float).Quo(new(big.Float).SetInt(v.Classes[c].Count), size).Float64()
		}
		m.weights = append(m.weights, w)
	}
	return m
}

// Count returns how many completions make the condition hold, as Space.Count
// does.
func (m *Memo) Count(f Node) *big.Int {
	n := new(big.Int).Mul(m.count(f), m.between.of(0, m.s.position(f)))
	return n.Mul(n, m.s.free)
}

// count is over the variables from the node's on.
func (m *Memo) count(f Node) *big.Int {
	if f < terminals {
		return big.NewInt(int64(f & 1))
	}
	if n, ok := m.counts[f]; ok {
		return n
	}
	n, product := new(big.Int), new(big.Int)
	v := int(m.s.d.varOf(f))
	for c, k := range m.s.d.under(f) {
		if k == False {
			continue
		}
		product.Mul(m.count(k), m.s.variables[v].Classes[c].Count)
		if to := m.s.position(k); to > v+1 {
			product.Mul(product, m.between.of(v+1, to))
		}
		n.Add(n, product)
	}
	m.counts[f] = n
	return n
}

// Share returns about what part of all completions makes the condition hold,
// the same number on every machine.
func (m *Memo) Share(f Node) float64 {
	if f < terminals {
		return float64(f & 1)
	}
	if x, ok := m.shares[f]; ok {
		return x
	}
	x := 0.0
	for c, k := range m.s.d.under(f) {
		// The conversion keeps the compiler from rounding once for both.
		x += float64(m.weights[m.s.d.varOf(f)][c] * m.Share(k))
	}
	m.shares[f] = x
	return x
}

// Example returns the mildest point at which the condition holds, as
// Space.Example does, and false if there is none.
func (m *Memo) Example(f Node) (point []int, found bool) {
	for len(m.path.cost) < len(m.s.d.variable)+terminals {
		m.path.cost = append(m.path.cost, [2]int64{unpriced, unpriced})
	}
	m.price(f)
	if m.path.cost[f][0] == never {
		return nil, false
	}
	point = append(point, m.s.better...)
	for n, begun := f, 0; n >= terminals; {
		v, c := int(m.s.d.varOf(n)), m.path.cheapest(n, begun)
		point[v] = c
		n, begun = m.s.d.under(n)[c], m.path.after(n, c, begun)
	}
	return point, true
}

const unpriced = -1

func (m *Memo) price(n Node) {
	if m.path.cost[n][0] != unpriced {
		return
	}
	if n >= terminals {
		for _, k := range m.s.d.under(n) {
			m.price(k)
		}
	}
	m.path.price(n, 1<<True)
}
