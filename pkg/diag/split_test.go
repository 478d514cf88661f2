package diag

import (
	"math/rand/v2"
	"testing"
)

// TestSplitIsAsIfWhole: cutting a long line before it is cleaned shows the same
// as cleaning all of it, whatever bytes it has and wherever the span lies.
func TestSplitIsAsIfWhole(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"a", " ", "é", "語", "\x80", "\xff", "\x1b", "\u202e", "🙂", "word "}
	for range 500 {
		var line string
		for range rnd.IntN(900) {
			line += pieces[rnd.IntN(len(pieces))]
		}
		col := 1 + rnd.IntN(1000)
		at := Span{Line: 1, Col: col, EndLine: 1 + rnd.IntN(2), EndCol: col + rnd.IntN(400)}
		b, m, a := split(line, at)
		wb, wm, wa := splitWhole(line, at)
		if b != wb || m != wm || a != wa {
			t.Fatalf("%q at %v:\n%q %q %q, as a whole\n%q %q %q", line, at, b, m, a, wb, wm, wa)
		}
	}
}

// splitWhole is split without the rough cut.
func splitWhole(line string, at Span) (before, marked, after string) {
	from, to := runeOffset(line, at.Col), len(line)
	if at.EndLine == at.Line {
		to = max(from, runeOffset(line, at.EndCol))
	}
	before, marked, after = tail(Clean(line[:from]), lineWidth/2), Clean(line[from:to]), Clean(line[to:])
	if short := head(marked, lineWidth/2); short != marked {
		return before, short, ""
	}
	return before, marked, head(after, max(0, lineWidth-width(before)-width(marked)))
}
