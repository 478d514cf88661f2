package batch

import (
	"context"
	"io"
)

// interruptible reads on in a goroutine of its own, so that a batch ends when
// it is told to even if its input says nothing: a terminal, a pipe. A read that
// is under way then is left to itself; nobody looks at what it reads.
type interruptible struct {
	ctx context.Context
	ask chan []byte
	got chan readResult
}

type readResult struct {
	n   int
	err error
}

// interruptibly returns in as it is if ctx never ends.
func interruptibly(ctx context.Context, in io.Reader) (out io.Reader, end func()) {
	if ctx.Done() == nil {
		return in, func() {}
	}
	r := &interruptible{ctx, make(chan []byte), make(chan readResult, 1)}
	go func() {
		for b := range r.ask {
			n, err := in.Read(b)
			r.got <- readResult{n, err}
		}
	}()
	return r, func() { close(r.ask) }
}

// Read fails with ctx's cause from its end on.
func (r *interruptible) Read(b []byte) (int, error) {
	if r.ctx.Err() != nil {
		return 0, context.Cause(r.ctx)
	}
	r.ask <- b
	select {
	case got := <-r.got:
		return got.n, got.err
	case <-r.ctx.Done():
		return 0, context.Cause(r.ctx)
	}
}
