package engine

// rows are what a cohort says of each lane: a bit for each of some gates, in
// their order.
type rows struct {
	of    []int32 // planes, up to a whole word of them
	words int     // of a row
	bits  []uint64
}

// newRows makes rows of gates. The last word is filled up with one that leaves
// its bits 0.
func newRows(gates []int32, place []int32, rest int32) rows {
	r := rows{words: (len(gates) + 63) / 64}
	for _, g := range gates {
		r.of = append(r.of, place[g])
	}
	for len(r.of)%64 != 0 {
		r.of = append(r.of, rest)
	}
	r.bits = make([]uint64, r.words*Lanes)
	return r
}

// row returns the row of a lane.
func (r *rows) row(lane int) []uint64 {
	at := seat(lane) * r.words
	return r.bits[at : at+r.words : at+r.words]
}

// The things that rows can say of a gate.
type saying uint8

const (
	sayHolds saying = iota
	sayPossible
	sayFails
	sayUnknown
)

// fill turns the planes into rows.
func (r *rows) fill(planes []pair, say saying) {
	for word := range r.words {
		var m [64]uint64
		gather(&m, planes, (*[64]int32)(r.of[64*word:]), say)
		transpose(&m)
		for lane, w := range m {
			r.bits[lane*r.words+word] = w
		}
	}
}

func gather(m *[64]uint64, planes []pair, of *[64]int32, say saying) {
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
	case sayUnknown:
		for i, p := range of {
			m[i] = planes[p].possible &^ planes[p].holds
		}
	}
}
