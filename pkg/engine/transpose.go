package engine

// Planes and rows are 64×64 bits that are looked at from either side: a plane
// has a bit for each lane, a row a bit for each plane.
//
// A lane's bit in a plane stands at the lane's seat. What is compared for eight
// lanes in one word leaves its results in eight bytes, one bit in each, and
// eight such words fit into one plane without any gathering: lane 8i+j then has
// bit 8j+i.

// seat is where a lane's bit stands in a plane. It is its own inverse.
func seat(lane int) int { return lane>>3 | lane&7<<3 }

// seats puts a set of lanes into seats, and back: bit j of byte i becomes bit i
// of byte j.
func seats(lanes uint64) uint64 {
	x := lanes
	t := (x ^ x>>7) & 0x00aa00aa00aa00aa
	x ^= t ^ t<<7
	t = (x ^ x>>14) & 0x0000cccc0000cccc
	x ^= t ^ t<<14
	t = (x ^ x>>28) & 0x00000000f0f0f0f0
	return x ^ t ^ t<<28
}

// firstLanes are the seats of the lanes before n.
func firstLanes(n int) uint64 {
	if n >= Lanes {
		return ^uint64(0)
	}
	return seats(1<<n - 1)
}

// transpose turns 64×64 bits: bit i of word j becomes bit j of word i. Halves
// of a square are swapped, then halves of its quarters, and so on: three times
// among eight words that are eight apart, three times among eight neighbours.
func transpose(m *[64]uint64) {
	for i := range 8 {
		swapFar(m, i)
	}
	for i := range 8 {
		swapNear((*[8]uint64)(m[8*i:]))
	}
}

// swapFar is written out so that the eight words stay in registers.
func swapFar(m *[64]uint64, i int) {
	i &= 7
	w0, w1, w2, w3, w4, w5, w6, w7 := m[i], m[i+8], m[i+16], m[i+24], m[i+32], m[i+40], m[i+48], m[i+56]
	const half = 0x00000000ffffffff
	w0, w4 = w0&half|w4<<32, w0>>32|w4&^half
	w1, w5 = w1&half|w5<<32, w1>>32|w5&^half
	w2, w6 = w2&half|w6<<32, w2>>32|w6&^half
	w3, w7 = w3&half|w7<<32, w3>>32|w7&^half
	const quarter = 0x0000ffff0000ffff
	w0, w2 = swap(w0, w2, 16, quarter)
	w1, w3 = swap(w1, w3, 16, quarter)
	w4, w6 = swap(w4, w6, 16, quarter)
	w5, w7 = swap(w5, w7, 16, quarter)
	const eighth = 0x00ff00ff00ff00ff
	m[i], m[i+8] = swap(w0, w1, 8, eighth)
	m[i+16], m[i+24] = swap(w2, w3, 8, eighth)
	m[i+32], m[i+40] = swap(w4, w5, 8, eighth)
	m[i+48], m[i+56] = swap(w6, w7, 8, eighth)
}

func swapNear(m *[8]uint64) {
	w0, w1, w2, w3, w4, w5, w6, w7 := m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7]
	const nibble = 0x0f0f0f0f0f0f0f0f
	w0, w4 = swap(w0, w4, 4, nibble)
	w1, w5 = swap(w1, w5, 4, nibble)
	w2, w6 = swap(w2, w6, 4, nibble)
	w3, w7 = swap(w3, w7, 4, nibble)
	const two = 0x3333333333333333
	w0, w2 = swap(w0, w2, 2, two)
	w1, w3 = swap(w1, w3, 2, two)
	w4, w6 = swap(w4, w6, 2, two)
	w5, w7 = swap(w5, w7, 2, two)
	const one = 0x5555555555555555
	m[0], m[1] = swap(w0, w1, 1, one)
	m[2], m[3] = swap(w2, w3, 1, one)
	m[4], m[5] = swap(w4, w5, 1, one)
	m[6], m[7] = swap(w6, w7, 1, one)
}

// swap swaps the upper fields of one word with the lower ones of another.
func swap(x, y uint64, by int, lower uint64) (uint64, uint64) {
	t := (x>>by ^ y) & lower
	return x ^ t<<by, y ^ t
}

// transposeEight is transpose for words of which all but eight are 0.
func transposeEight(m *[64]uint64) {
	w0, w1, w2, w3, w4, w5, w6, w7 := m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7]
	for i := range 8 {
		s := 8 * uint(i) & 63
		x := w0>>s&0xff | w1>>s&0xff<<8 | w2>>s&0xff<<16 | w3>>s&0xff<<24 | w4>>s&0xff<<32 | w5>>s&0xff<<40 | w6>>s&0xff<<48 | w7>>s<<56
		x = seats(x)
		out := (*[8]uint64)(m[8*i:])
		for k := range out {
			out[k] = x >> (8 * uint(k) & 63) & 0xff
		}
	}
}
