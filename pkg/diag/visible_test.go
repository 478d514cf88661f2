package diag

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// Text that is called visible has nothing in it that Clean would spell out, and
// all plain text is.
func TestVisibleTextIsClean(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 26))
	clean, unclean := 0, 0
	for range 200_000 {
		b := make([]byte, r.IntN(30))
		for i := range b {
			b[i] = byte(' ' + r.IntN(0x7f-' '))
		}
		if len(b) > 0 && r.IntN(2) == 0 {
			b[r.IntN(len(b))] = "\x00\t\n\x1f\x20\x7e\x7f\x80\x9f\xa0\xc3\xfe\xff"[r.IntN(13)]
		}
		s := string(b)
		plain := !strings.ContainsFunc(s, func(c rune) bool { return c < ' ' || c >= 0x7f })
		if got := visible(s); got != plain {
			t.Fatalf("%q: %v, want %v", s, got, plain)
		}
		if plain {
			clean++
			if strings.ContainsFunc(s, unfit) || !utf8.ValidString(s) {
				t.Fatalf("%q is plain and unfit", s)
			}
		} else {
			unclean++
		}
	}
	if clean < 10_000 || unclean < 10_000 {
		t.Errorf("%d clean, %d not: too few", clean, unclean)
	}
}
