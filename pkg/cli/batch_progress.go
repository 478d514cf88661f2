package cli

import (
	"fmt"
	"os"
	"time"

	"github.com/carelevel/carelevel/pkg/form"
	"golang.org/x/term"
)

// A bar is drawn once a run takes longer than a glance, and then so often that
// it moves.
const (
	barAfter = 300 * time.Millisecond
	barEvery = 100 * time.Millisecond
)

// progress draws how much of the input is read while a batch runs, and takes
// it off with done. Nothing is drawn but on a terminal, nor where results go
// to the same one. Read are the bytes of the file, compressed or not: its size
// is known, what is in it is not.
func (b *batchRun) progress(in *batchInput) (done func()) {
	if b.quiet || !isTerminal(b.io.err) || os.Getenv("TERM") == "dumb" || b.toStandardOutput() && isTerminal(b.io.out) {
		return func() {}
	}
	began := time.Now()
	last := began.Add(barAfter - barEvery)
	bar := form.NewBar(b.io.err)
	b.opts.Progress = func(_, rows int64) {
		now := time.Now()
		if now.Sub(last) < barEvery {
			return
		}
		last = now
		part := -1.0
		if in.size > 0 {
			part = float64(in.read.Load()) / float64(in.size)
		}
		rate := float64(rows) / now.Sub(began).Seconds()
		bar.Draw(part, fmt.Sprintf("%s, %s a second", countOf(rows, "record"), grouped(int64(rate))), widthOf(b.io.err))
	}
	return bar.Clear
}

// widthOf is how wide a terminal is at the moment.
func widthOf(stream any) int {
	if f, ok := stream.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 0 {
			return w
		}
	}
	return pipedWidth
}
