package verify

import (
	"math/bits"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// showLoss makes the pair of answers with and without the items.
func (f *frame) showLoss(p *Proof, l *loss) {
	point, found := f.memo.Example(l.where)
	if !found {
		return
	}
	r := f.run
	full := f.answersAt(point)
	for i := range l.picks {
		l.picks[i].answer(r.pack, full)
	}
	left := slices.Clone(full)
	for i := range l.picks {
		for _, slot := range l.picks[i].of.leftOut(l.picks[i].way) {
			left[slot] = pack.Missing
		}
	}
	var higher int
	var possible uint64
	falls := func() bool {
		if !r.decide(full, (*engine.Decision).Determined) {
			return false
		}
		higher = r.d.Min
		possible = r.possible(left, l.picks)
		return possible != 0 && highest(possible) < higher
	}
	if !falls() {
		f.deny(p, full)
		return
	}
	r.prune(falls, full, left)
	falls()
	p.From, p.To = r.pack.Levels[higher], r.pack.Levels[highest(possible)]
	without := r.newWitness(p.ID+"-left-out", left)
	without.Levels = r.levelsOf(possible)
	p.Witness = []Witness{r.newWitness(p.ID+"-complete", full), without}
}

// answer puts all items of the pick into the answers; the tested ones that are
// left in are there already.
func (p *pick) answer(of *pack.Pack, a pack.Answers) {
	a[p.of.q.Slot] = pack.Missing
	left := p.of.leftOut(p.way)
	kept := p.kept
	var keptRest []int
	for _, slot := range p.of.kept(p.way) {
		if slices.Contains(p.of.rest, slot) {
			keptRest = append(keptRest, slot)
		} else {
			kept -= a[slot]
		}
	}
	fillUp(of, a, keptRest, kept)
	for i, slot := range p.way.items {
		a[slot] = p.values[i]
	}
	fillUp(of, a, left[len(p.way.items):], p.rest)
}

// possible returns the levels that answers with filled-in totals leave
// possible, as bits, by trying all values of the tested items that are left
// out; 0 if a total is not filled in as expected, or a level is not determined.
func (r *run) possible(left pack.Answers, picks []pick) uint64 {
	r.engine.Decide(left, &r.d)
	a := slices.Clone(left)
	var open []int
	for i := range picks {
		p := &picks[i]
		total, known := r.d.Total(p.of.q)
		if !known || total != p.filled {
			return 0
		}
		a[p.of.q.Slot] = total
		open = append(open, p.way.items...)
	}
	mask := uint64(0)
	var try func(i int) bool
	try = func(i int) bool {
		if i == len(open) {
			ok := r.decide(a, (*engine.Decision).Determined)
			mask |= 1 << r.d.Min
			return ok
		}
		for x := pack.Value(0); x <= r.pack.Slots[open[i]].Max; x++ {
			if a[open[i]] = x; !try(i + 1) {
				return false
			}
		}
		return true
	}
	if !try(0) {
		return 0
	}
	return mask
}

// levelsOf returns the levels whose bits are set.
func (r *run) levelsOf(mask uint64) []*pack.Level {
	var out []*pack.Level
	for _, l := range r.pack.Levels {
		if mask>>l.Index&1 == 1 {
			out = append(out, l)
		}
	}
	return out
}

// highest returns the highest of some levels.
func highest(mask uint64) int { return bits.Len64(mask) - 1 }
