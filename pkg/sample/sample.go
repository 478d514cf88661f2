// Package sample draws assessments of people who do not exist, for benchmarks
// and for trying out rules: answers that hang together, so that every level of
// a pack occurs, whatever its questions are, and some of which are missing.
//
// Each assessment is drawn with a level in mind, the lower ones oftener: of all
// combinations of answers that lead to the level, one in which mild answers are
// commoner than grave ones. The higher the level, the graver are all answers,
// those that the level does not depend on among them.
//
// It knows nothing about how often anything is in real people, and refuses to
// be taken for data: shares, means and correlations of a sample say nothing
// about anybody.
package sample

import (
	"errors"
	"fmt"
	"math/bits"
	"math/rand/v2"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// DefaultMissing is the chance, in percent, that a single answer is missing.
const DefaultMissing = 10

// DefaultNodes is how many nodes the pack's answer space may have: some 20 MB,
// and at most about a second.
const DefaultNodes = 200_000

// Options say what to draw. Each changes only what it says: with another
// Missing, the same people leave out more or fewer answers.
type Options struct {
	Seed    uint64
	Missing int // the chance that a single answer is missing, 0 to 100 percent
	Nodes   int // budget of the answer space, DefaultNodes if it is 0
}

// Generator draws one assessment after the other. The same pack, seed and
// options give the same ones, on every machine: it calculates in whole numbers
// only. It belongs to one goroutine.
type Generator struct {
	pack   *pack.Pack
	rnd    *rand.PCG
	limits [4]uint64
	drawn  int   // assessments so far
	alone  error // why no level is drawn

	walk   *walk
	levels []int // that occur, by index in the pack
	deck   []int // positions in levels, each as often as it shall occur
	dealt  int   // of the deck

	values      []freeValue
	choices     []freeChoice
	instruments []instrument
	sums        []pack.Value // by instrument: of the items that have no variable
	classes     []int
}

// New prepares a generator. A pack whose answer space does not fit into the
// budget has one all the same, see Independent. The error is for options out of
// range, and for a pack of which space.New says that its indications are no
// questions about answers.
func New(p *pack.Pack, opts Options) (*Generator, error) {
	if opts.Missing < 0 || opts.Missing > 100 {
		return nil, fmt.Errorf("%d percent of the answers cannot be missing; expected 0 to 100", opts.Missing)
	}
	if opts.Nodes == 0 {
		opts.Nodes = DefaultNodes
	}
	g := &Generator{pack: p, rnd: rand.NewPCG(opts.Seed, stream), limits: limits(opts.Missing)}
	ds := make(dials)
	if err := g.explore(opts.Nodes, ds); err != nil {
		return nil, err
	}
	g.findFree(ds)
	g.deck = deck(len(g.levels))
	g.dealt = len(g.deck)
	return g, nil
}

// stream is the second half of PCG's seed: any constant will do, for ever.
const stream = 0x63617265

// explore works out which levels there are and the ways to them.
func (g *Generator) explore(nodes int, ds dials) error {
	var byLevel [][]pack.Condition
	var all []pack.Condition
	for i, l := range g.pack.Levels {
		var of []pack.Condition
		for _, c := range l.Indications {
			of = append(of, c.When)
		}
		if byLevel = append(byLevel, of); i > 0 {
			all = append(all, of...)
		}
	}
	w, levels, err := newWalk(g.pack, byLevel, space.Options{Conditions: all, Nodes: nodes}, ds)
	if errors.Is(err, space.ErrTooLarge) {
		g.alone, g.walk = err, new(walk)
		for i := range g.pack.Levels {
			g.levels = append(g.levels, i)
		}
		return nil
	}
	g.walk, g.levels = w, levels
	if w != nil {
		g.classes = make([]int, len(w.variables))
	}
	return err
}

// deck returns positions of n levels, lowest first, as often as each shall
// occur: of five levels, the lowest five times and the highest once.
func deck(n int) (cards []int) {
	for upTo := range n {
		for level := range upTo + 1 {
			cards = append(cards, level)
		}
	}
	return cards
}

// Pack returns the pack whose questions are answered.
func (g *Generator) Pack() *pack.Pack { return g.pack }

// Independent returns why answers are drawn independently of each other, with
// no level in mind, so that some levels may be rare or not occur at all: an
// error that wraps space.ErrTooLarge. It is nil if levels are drawn.
func (g *Generator) Independent() error { return g.alone }

// Next lays the next assessment over a, which must have a place for every slot
// of the pack, and returns the index of the level that its answers lead to as
// long as none is missing; -1 if answers are independent.
//
// Every answer is one that its question has, and totals agree with their items.
// An instrument is answered by its total, by its items, or now and then by
// both; where a criterion tests an item by itself, never by the total alone.
// Some of the missing answers are pack.NotAssessed.
func (g *Generator) Next(a pack.Answers) (level int) {
	for i := range a {
		a[i] = pack.Missing
	}
	at := g.deal()
	grave := g.gravity(at)
	if g.alone == nil {
		g.walk.draw(g, at*2+grave-base(at, len(g.levels)), grave)
		g.answer(a, grave)
	}
	g.drawFree(a, grave)
	g.fillInstruments(a, grave)
	g.leaveOut(a)
	g.drawn++
	if g.alone != nil {
		return -1
	}
	return g.levels[at]
}

// deal draws a level like a card: out of every full deck each comes exactly as
// often as it is in there, so that even a short sample has them all.
func (g *Generator) deal() int {
	if g.dealt == len(g.deck) {
		for i := len(g.deck) - 1; i > 0; i-- {
			k := g.below(uint64(i) + 1)
			g.deck[i], g.deck[k] = g.deck[k], g.deck[i]
		}
		g.dealt = 0
	}
	g.dealt++
	return g.deck[g.dealt-1]
}

// leaveOut takes answers away, and remembers of some that they were asked for.
// Some assessments are complete and some have twice as many holes as others, as
// forms do. How much is drawn does not depend on how much is missing, so that
// the answers that are there stay the same.
func (g *Generator) leaveOut(a pack.Answers) {
	u := g.rnd.Uint64()
	limit := g.limits[u>>62]
	for i := range a {
		if i%4 == 0 {
			u = g.rnd.Uint64()
		}
		if x := u & 0xffff; x < limit && a[i] != pack.Missing {
			a[i] = pack.Missing
			if x%8 == 0 {
				a[i] = pack.NotAssessed
			}
		}
		u >>= 16
	}
}

// limits are the chances that an answer is missing, in parts of 2^16, for the
// four kinds of assessments: the given one on average, and never less than 0
// percent or more than 100.
func limits(percent int) (out [4]uint64) {
	room := min(percent, 100-percent)
	for i, half := range []int{-2, -1, 1, 2} {
		out[i] = uint64(2*percent+half*room) << 16 / 200
	}
	return out
}

// below draws a number from 0 to n-1, n > 0. That some come up oftener than
// others by one part in 2^64/n matters to nobody.
func (g *Generator) below(n uint64) uint64 {
	hi, _ := bits.Mul64(g.rnd.Uint64(), n)
	return hi
}
