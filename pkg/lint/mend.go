package lint

import (
	"bytes"
	"slices"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// NearMiss is a word that is probably another one, misspelt.
type NearMiss struct {
	At             diag.Span
	Found, Meant   string
	Message        string // of the diagnostic
	line, from, to int    // bytes of the line
}

// NearMisses returns the words of one file that can be replaced by the one that
// a diagnostic names, in the order of the file and each place once.
func NearMisses(file string, data []byte, ds []diag.Diagnostic) []NearMiss {
	text := diag.NewText(data)
	var all []NearMiss
	for _, d := range ds {
		if d.At.File != file {
			continue
		}
		found, meant, from, to, ok := pack.NearMiss(d, text)
		if !ok || len(all) > 0 && all[len(all)-1].At == d.At {
			continue
		}
		all = append(all, NearMiss{d.At, found, meant, d.Message, d.At.Line, from, to})
	}
	return all
}

// Mend replaces near misses in the text of a file, and then puts its keys in
// order and takes away quotes without need, which pack.Layout does without
// touching the indentation, blank lines or comments. The replaced words are the
// caller's decision: what they mean is a guess, however good.
func Mend(file string, data []byte, accepted []NearMiss) []byte {
	bom := bytes.HasPrefix(data, []byte("\ufeff"))
	text := bytes.TrimPrefix(data, []byte("\ufeff"))
	starts := lineStarts(text)
	for _, m := range slices.Backward(accepted) {
		at := starts[m.line-1]
		text = slices.Concat(text[:at+m.from], []byte(m.Meant), text[at+m.to:])
	}
	if bom && len(accepted) > 0 {
		text = append([]byte("\ufeff"), text...)
	} else if len(accepted) == 0 {
		text = data
	}
	mended, _ := pack.Layout(file, text, pack.LayoutOptions{})
	return mended
}

// lineStarts are the offsets of the lines, as diag.Text counts them.
func lineStarts(text []byte) []int {
	starts := []int{0}
	for i, c := range text {
		if c == '\n' || c == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			starts = append(starts, i+1)
		}
	}
	return starts
}
