package sample

import (
	"math/big"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// gravities is how many degrees there are in which all answers of an
// assessment lean to the mild side, from strongly to hardly at all.
const gravities = 5

// base is the lesser of the two gravities of a level, the position-th of n that
// occur.
func base(position, n int) int {
	return position * (gravities - 2) / max(1, n-1)
}

// gravity draws how grave the answers of an assessment are, beyond what its
// level asks for.
func (g *Generator) gravity(position int) int {
	return base(position, len(g.levels)) + int(g.rnd.Uint64()>>63)
}

// lean is how strongly answers tend to the mild end of a row of them: as the
// least of so many draws does, the middle of three, or the greater of two.
type lean int

const (
	middle  lean = -1
	greater lean = -2
)

// leans are those of one kind of question, by gravity. The bounds of a number
// are as wide as can be, so that most of its values are rare. Self-report
// questionnaires follow what a person feels, and are grave earlier than ratings
// of what is dangerous. Of a choice, authors name the usual first.
type leans [gravities]lean

var (
	rating     = leans{4, 3, 2, 2, 1}
	number     = leans{30, 20, 12, 8, 6}
	total      = leans{4, 3, 2, middle, greater}
	choice     = leans{2, 2, 2, 2, 2}
	indefinite = leans{1, 1, 1, 1, 1}
)

func leansOf(q *pack.Question) *leans {
	switch {
	case q.Kind == pack.Choice:
		return &choice
	case q.Worse == pack.WorseNeither:
		return &indefinite
	case q.Kind == pack.Instrument:
		return &total
	case q.Kind == pack.Number:
		return &number
	}
	return &rating
}

// beyond returns how much weight lies on the ranks from r on, of n, 0 being the
// mildest: a part of beyond(n, 0).
func (l lean) beyond(n, r int64) *big.Int {
	whole, left := big.NewInt(n), big.NewInt(n-r)
	power := func(x *big.Int, k int64) *big.Int { return new(big.Int).Exp(x, big.NewInt(k), nil) }
	switch l {
	case middle: // at least two of three: 3s²-2s³
		twice := new(big.Int).Mul(power(left, 2), whole)
		return twice.Mul(twice, big.NewInt(3)).Sub(twice, new(big.Int).Lsh(power(left, 3), 1))
	case greater: // not both below: 1-(1-s)²
		return new(big.Int).Sub(power(whole, 2), power(big.NewInt(r), 2))
	}
	return power(left, int64(l))
}

// spread returns what part of all answers falls to each class of a variable, in
// all 1.
func spread(v *space.Variable, gravity int) []mass {
	if v.Kind == space.Chosen {
		is := selected(v.Question, gravity, true)
		return normal([]mass{newMass(big.NewInt(sixtyFourths - is)), newMass(big.NewInt(is))})
	}
	l := leansOf(v.Question)[gravity]
	lo, hi := domain(v)
	n := int64(hi-lo) + 1
	out := make([]mass, len(v.Classes))
	for i, c := range v.Classes {
		sum := new(big.Int)
		for _, r := range c.Values {
			from, to := r.From-lo, r.To-lo+1
			if v.Question.Worse == pack.WorseLower {
				from, to = hi-r.To, hi-r.From+1
			}
			sum.Add(sum, l.beyond(n, int64(from)))
			sum.Sub(sum, l.beyond(n, int64(to)))
		}
		out[i] = newMass(sum)
	}
	return normal(out)
}

func domain(v *space.Variable) (lo, hi pack.Value) {
	lo, hi = v.Classes[0].Values[0].From, v.Classes[0].Values[0].To
	for _, c := range v.Classes {
		for _, r := range c.Values {
			lo, hi = min(lo, r.From), max(hi, r.To)
		}
	}
	return lo, hi
}

// sixtyFourths is what the chances of options are parts of.
const sixtyFourths = 64

// selected is the chance of an option of a multiple choice, in 64ths. Where a
// level hangs on it, one of several bad signs is rarer than a bad rating.
func selected(q *pack.Question, gravity int, decides bool) int64 {
	bad := int64(4 + 4*gravity)
	if decides {
		bad = int64(1 + gravity)
	}
	switch q.Worse {
	case pack.WorseHigher:
		return bad
	case pack.WorseLower:
		return sixtyFourths - bad
	}
	return sixtyFourths / 4
}
