package cli

import (
	"strings"
	"testing"
)

func TestScreenSpellsOutWhatDrivesATerminal(t *testing.T) {
	var b strings.Builder
	n, err := screen{&b}.Write([]byte("a\tb\x1b[31m\nc\u202ed\n"))
	if want := "a\tb‹U+001B›[31m\nc‹U+202E›d\n"; b.String() != want || n != 15 || err != nil {
		t.Errorf("got %q, %d, %v; want %q", b.String(), n, err, want)
	}
}
