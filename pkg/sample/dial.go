package sample

import "math/bits"

// dial draws a rank from 0 to size-1 that leans to 0, by gravity. Up to
// maxParts ranks it knows each of them; of more, so many parts of equal length,
// within which all ranks are as likely.
type dial struct {
	size  uint64
	parts uint64
	ends  [gravities][]uint32
}

const maxParts = 256

// dials are made once for each length and lean.
type dials map[dialKey]*dial

type dialKey struct {
	size  uint64
	leans *leans
}

func (ds dials) of(size uint64, l *leans) *dial {
	key := dialKey{size, l}
	if d := ds[key]; d != nil {
		return d
	}
	d := &dial{size: size, parts: min(size, maxParts)}
	for gravity := range l {
		weights := make([]mass, d.parts)
		for i := range d.parts {
			more := l[gravity].beyond(int64(size), int64(d.start(i)))
			weights[i] = newMass(more.Sub(more, l[gravity].beyond(int64(size), int64(d.start(i+1)))))
		}
		d.ends[gravity] = make([]uint32, d.parts)
		steps(weights, d.ends[gravity])
	}
	ds[key] = d
	return d
}

// start is the first rank of a part.
func (d *dial) start(part uint64) uint64 {
	hi, lo := bits.Mul64(part, d.size)
	q, _ := bits.Div64(hi, lo, d.parts)
	return q
}

// turn draws a rank.
func (g *Generator) turn(d *dial, gravity int) uint64 {
	part := uint64(pick(d.ends[gravity], g.step()))
	if d.parts == d.size {
		return part
	}
	from := d.start(part)
	return from + g.below(d.start(part+1)-from)
}

// step draws a number from 0 to whole-1.
func (g *Generator) step() uint32 { return uint32(g.rnd.Uint64() >> 33) }
