package form

import (
	"strings"
	"testing"
)

func TestBar(t *testing.T) {
	for _, tt := range []struct {
		part    float64
		columns int
		want    string
	}{
		{0.5, 80, "\r██████████████████░░░░░░░░░░░░░░░░░  50%  12 records\x1b[K"},
		{1.5, 30, "\r████████████ 100%  12 records\x1b[K"},
		{0.25, 20, "\r25%  12 records\x1b[K"},
		{0.25, 10, "\r25%  12 r\x1b[K"},
		{0.25, 0, "\r\x1b[K"},
		{-1, 80, "\r12 records\x1b[K"},
	} {
		var b strings.Builder
		NewBar(&b).Draw(tt.part, "12 records", tt.columns)
		if got := b.String(); got != tt.want {
			t.Errorf("%v in %d columns: %q, want %q", tt.part, tt.columns, got, tt.want)
		}
	}
}

// A bar that was never drawn leaves no trace.
func TestBarIsTakenOff(t *testing.T) {
	var b strings.Builder
	bar := NewBar(&b)
	bar.Clear()
	if b.String() != "" {
		t.Errorf("wrote %q before anything was drawn", b.String())
	}
	bar.Draw(-1, "x", 80)
	bar.Clear()
	bar.Clear()
	if got := b.String(); got != "\rx\x1b[K\r\x1b[K" {
		t.Errorf("got %q", got)
	}
}
