package batch

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func (d *dictionary) findText(s string) (int64, bool) {
	return d.find(append([]byte("behind"+s), strings.Repeat("x", 64)...), field{6, int32(6 + len(s))})
}

// A dictionary may forget, but never finds a text that was not put into it, nor
// another number for one that was.
func TestDictionary(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 15))
	for range 200 {
		var d dictionary
		put := map[string]int64{}
		for range rnd.IntN(400) {
			n := 1 + rnd.IntN(24) // an empty text is never looked for
			b := make([]byte, n)
			for i := range b {
				b[i] = "ab\x00"[rnd.IntN(3)]
			}
			s := string(b)
			v, found := d.findText(s)
			if want, known := put[s]; found && (!known || v != want) {
				t.Fatalf("%q is %d; put as %d, %v", s, v, want, known)
			}
			if !found {
				put[s] = int64(rnd.IntN(1000)) - 500
				d.put(s, put[s])
			}
		}
	}
}

// Texts that differ in the middle alone, as labels do, cannot stand side by
// side: the first stays, the others cost no memory, and soon no time.
func TestTextsThatAlwaysMeet(t *testing.T) {
	var d dictionary
	for i := range 1000 {
		d.put(fmt.Sprintf("Between %d times a week", i%10), int64(i))
	}
	d.put("none", -1)
	if v, ok := d.findText("Between 0 times a week"); !ok || v != 0 {
		t.Errorf("the first is %d, %v", v, ok)
	}
	if d.refused != mostRefused || len(d.long) > 1 {
		t.Errorf("%d refused, %d long texts kept", d.refused, len(d.long))
	}
}
