package space

import (
	"math/big"
	"math/bits"
)

// Size returns how many completions there are: ways of answering all that is
// open, whether a condition tests it or not. Of an instrument with items, the
// items are what is answered.
func (s *Space) Size() *big.Int {
	n := new(big.Int).Set(s.free)
	for i := range s.variables {
		n.Mul(n, s.variables[i].Size())
	}
	return n
}

// Count returns how many completions make the condition hold.
func (s *Space) Count(f Node) *big.Int {
	counts := s.Counts(f)
	if n := counts[1]; n != nil {
		return n
	}
	return new(big.Int)
}

// Counts returns, for every constant below 64 that the function takes, how
// many completions lead to it; nil for the others.
func (s *Space) Counts(f Node) [64]*big.Int {
	var out [64]*big.Int
	nodes := s.below(f)
	if len(nodes) > 0 && !s.countSmall(f, nodes, &out) {
		s.countBig(f, nodes, &out)
	}
	for _, n := range out {
		if n != nil {
			n.Mul(n, s.free)
		}
	}
	return out
}

// countSmall counts in machine words. It is false if those do not suffice.
func (s *Space) countSmall(f Node, nodes []Node, out *[64]*big.Int) bool {
	before := make([]uint64, len(s.variables)+1) // ways to answer the variables before
	before[0] = 1
	weights := make([][]uint64, len(s.variables))
	for v := range s.variables {
		size := uint64(0)
		for i := range s.variables[v].Classes {
			c := s.variables[v].Classes[i].Count
			if !c.IsUint64() || c.Uint64() > 1<<62 {
				return false
			}
			weights[v] = append(weights[v], c.Uint64())
			size += c.Uint64()
			if size > 1<<62 {
				return false
			}
		}
		hi, lo := bits.Mul64(before[v], size)
		if hi != 0 {
			return false
		}
		before[v+1] = lo
	}
	// ways[n] is how many ways lead from f to n, over the variables before n's.
	ways := make([]uint64, max(f, terminals)+1)
	ways[f] = before[s.position(f)]
	for _, n := range nodes {
		if n < terminals {
			if n < 64 {
				out[n] = new(big.Int).SetUint64(ways[n])
			}
			continue
		}
		v := int(s.d.varOf(n))
		for i, k := range s.d.under(n) {
			ways[k] += ways[n] * weights[v][i] * (before[s.position(k)] / before[v+1])
		}
	}
	return true
}

// position is the position of the node's variable; of a constant, that after
// the last.
func (s *Space) position(n Node) int {
	return min(int(s.d.varOf(n)), len(s.variables))
}

// countBig is countSmall for any size.
func (s *Space) countBig(f Node, nodes []Node, out *[64]*big.Int) {
	between := s.newBetween()
	ways := make([]*big.Int, max(f, terminals)+1)
	ways[f] = between.of(0, s.position(f))
	product := new(big.Int)
	for _, n := range nodes {
		if n < terminals {
			if n < 64 {
				out[n] = new(big.Int).Set(ways[n])
			}
			continue
		}
		v := int(s.d.varOf(n))
		for i, k := range s.d.under(n) {
			if ways[k] == nil {
				ways[k] = new(big.Int)
			}
			product.Mul(ways[n], s.variables[v].Classes[i].Count)
			if to := s.position(k); to > v+1 {
				product.Mul(product, between.of(v+1, to))
			}
			ways[k].Add(ways[k], product)
		}
		ways[n] = nil
	}
}

// between remembers how many ways there are to answer the variables from one
// position to before another.
type between struct {
	sizes []*big.Int
	memo  map[[2]int]*big.Int
}

func (s *Space) newBetween() *between {
	b := &between{memo: map[[2]int]*big.Int{}}
	for i := range s.variables {
		b.sizes = append(b.sizes, s.variables[i].Size())
	}
	return b
}

func (b *between) of(from, to int) *big.Int {
	n, ok := b.memo[[2]int{from, to}]
	if !ok {
		n = big.NewInt(1)
		for _, size := range b.sizes[from:to] {
			n.Mul(n, size)
		}
		b.memo[[2]int{from, to}] = n
	}
	return n
}
