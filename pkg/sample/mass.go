package sample

import (
	"math/big"
	"math/bits"
)

// mass is a weight of any size, m*2^e, of which only proportions matter: the
// highest bit of m is set, or m is 0. A float64 would do for most packs, but
// one with hundreds of questions has ways that are less likely than it can say,
// and compilers differ in how they round.
type mass struct {
	m uint64
	e int
}

func newMass(x *big.Int) mass {
	n := x.BitLen()
	if x.Sign() <= 0 {
		return mass{}
	}
	top := new(big.Int)
	if n > 64 {
		return mass{top.Rsh(x, uint(n-64)).Uint64(), n - 64}
	}
	return mass{top.Lsh(x, uint(64-n)).Uint64(), n - 64}
}

var one = newMass(big.NewInt(1))

// normal returns the weights with a sum of about 1, so that products of many
// keep small exponents.
func normal(weights []mass) []mass {
	total := mass{}
	for _, w := range weights {
		total = total.plus(w)
	}
	out := make([]mass, len(weights))
	for i, w := range weights {
		q, _ := bits.Div64(w.m>>1, w.m<<63, total.m)
		if zeros := bits.LeadingZeros64(q); q != 0 {
			out[i] = mass{q << zeros, w.e - total.e - 63 - zeros}
		}
	}
	return out
}

func (a mass) times(b mass) mass {
	if a.m == 0 || b.m == 0 {
		return mass{}
	}
	hi, lo := bits.Mul64(a.m, b.m)
	if hi>>63 == 1 {
		return mass{hi, a.e + b.e + 64}
	}
	return mass{hi<<1 | lo>>63, a.e + b.e + 63}
}

func (a mass) plus(b mass) mass {
	if a.m == 0 || b.m != 0 && b.e > a.e {
		a, b = b, a
	}
	sum, carry := bits.Add64(a.m, b.shifted(a.e), 0)
	if carry == 1 {
		return mass{sum>>1 | 1<<63, a.e + 1}
	}
	return mass{sum, a.e}
}

// shifted is the mass in units of 2^e, rounded down.
func (a mass) shifted(e int) uint64 {
	if a.m == 0 || e-a.e >= 64 {
		return 0
	}
	return a.m >> (e - a.e)
}

// whole is what the steps of a table come up to.
const whole = 1 << 31

// steps turns weights into the upper ends of intervals that cover 0 to whole-1,
// each as long as its weight is heavy. One of weight 0 is empty; the last one
// that is not also covers what rounding has left over. Not all weights may be 0.
func steps(weights []mass, out []uint32) {
	total, last := mass{}, 0
	for i, w := range weights {
		if total = total.plus(w); w.m != 0 {
			last = i
		}
	}
	sum := uint64(0) // in units of 2^(total.e+1), so that it stays below 2^64
	for i, w := range weights {
		sum += w.shifted(total.e + 1)
		hi, lo := bits.Mul64(sum, whole)
		end, _ := bits.Div64(hi, lo, total.m>>1)
		out[i] = uint32(min(end, whole))
		if i >= last {
			out[i] = whole
		}
	}
}

// pick returns the interval that u lies in, 0 <= u < whole.
func pick(ends []uint32, u uint32) int {
	i := 0
	for u >= ends[i] {
		i++
	}
	return i
}
