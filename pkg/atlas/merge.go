package atlas

import (
	"slices"
	"strings"
)

// merge joins boxes that differ in one variable only, until there are none.
func merge(boxes []box) []box {
	for merged := true; merged && len(boxes) > 1; {
		merged = false
		for v := range boxes[0] {
			n := len(boxes)
			boxes = mergeAlong(boxes, v)
			merged = merged || len(boxes) < n
		}
	}
	return boxes
}

func mergeAlong(boxes []box, v int) []box {
	at := map[string]int{}
	var out []box
	for _, b := range boxes {
		key := b.keyWithout(v)
		i, ok := at[key]
		if !ok {
			at[key] = len(out)
			out = append(out, b)
			continue
		}
		joined := slices.Clone(out[i])
		joined[v] = slices.Clone(joined[v])
		for c, in := range b[v] {
			joined[v][c] = joined[v][c] || in
		}
		out[i] = joined
	}
	return out
}

// keyWithout is the text of a box but for one variable.
func (b box) keyWithout(v int) string {
	var key strings.Builder
	for w, in := range b {
		if w == v {
			continue
		}
		for _, is := range in {
			if is {
				key.WriteByte('1')
			} else {
				key.WriteByte('0')
			}
		}
	}
	return key.String()
}
