package engine

// laneRows are what a cohort says of each lane: a bit for each of some gates, in
// their order.
type laneRows struct {
	of    []int32 // planes
	words int     // of a row
	bits  []uint64
}

func newRows(gates []int32, place []int32) laneRows {
	r := laneRows{words: (len(gates) + 63) / 64}
	for _, g := range gates {
		r.of = append(r.of, place[g])
	}
	r.bits = make([]uint64, r.words*Lanes)
	return r
}

// row returns the row of a lane.
func (r *laneRows) row(lane int) []uint64 {
	at := seat(lane) * r.words
	return r.bits[at : at+r.words : at+r.words]
}

// The things that rows can say of a gate.
type saying uint8

const (
	sayHolds saying = iota
	sayPossible
	sayFails
	sayNotHolds
	sayUnknown
)

// fill turns the planes into rows.
func (r *laneRows) fill(planes []pair, say saying) {
	if r.words == 1 {
		m := (*[64]uint64)(r.bits)
		gather(m[:], planes, r.of, say)
		transpose(m)
		return
	}
	for word := range r.words {
		var m [64]uint64
		gather(m[:], planes, r.of[64*word:min(64*word+64, len(r.of))], say)
		transpose(&m)
		for lane, w := range m {
			r.bits[lane*r.words+word] = w
		}
	}
}

// fillBoth fills the rows of what fails and of what is unknown of the same
// gates. If there are few of them, both go into one word at first.
func fillBoth(fail, unknown *laneRows, planes []pair) {
	if fail.words != 1 || len(fail.of) > 32 {
		fail.fill(planes, sayFails)
		unknown.fill(planes, sayUnknown)
		return
	}
	m, low := (*[64]uint64)(fail.bits), (*[64]uint64)(unknown.bits)
	gather(m[:32], planes, fail.of, sayFails)
	gather(m[32:], planes, fail.of, sayUnknown)
	transpose(m)
	for i, w := range m {
		m[i], low[i] = w&(1<<32-1), w>>32
	}
}

// gather copies planes, and clears what is left of m.
func gather(m []uint64, planes []pair, of []int32, say saying) {
	clear(m[len(of):])
	m = m[:len(of)]
	switch say {
	case sayHolds:
		for i, p := range of {
			m[i] = planes[p].holds
		}
	case sayPossible:
		for i, p := range of {
			m[i] = planes[p].possible
		}
	case sayFails:
		for i, p := range of {
			m[i] = ^planes[p].possible
		}
	case sayNotHolds:
		for i, p := range of {
			m[i] = ^planes[p].holds
		}
	case sayUnknown:
		for i, p := range of {
			m[i] = planes[p].possible &^ planes[p].holds
		}
	}
}
