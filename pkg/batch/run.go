package batch

import (
	"context"
	"io"
	"sync"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// run is one batch under way.
type run struct {
	e       *engine.Engine
	p       *pack.Pack
	opts    Options
	out     io.Writer
	words   *words
	pieces  *pieces
	columns []column
	names   []string // of the input's columns, for passing them through

	split splitter
	total stats
	read  int64

	people *people // of a review; else nil
}

// run reads the header, if there is one, and then pipes chunks from the reader
// through the workers to the writer.
func (r *run) run(ctx context.Context, text io.Reader) error {
	r.split = splitter{in: text, quoted: r.opts.Input.comma(), line: 1}
	first := &chunk{done: make(chan struct{}, 1)}
	err := r.split.next(first)
	if err == io.EOF && r.opts.Input == JSONLines {
		return r.write(r.firstLine())
	}
	if err == io.EOF {
		return errNoHeader
	}
	if err != nil {
		return err
	}
	if r.opts.Input != JSONLines {
		if err := r.takeHeader(first); err != nil {
			return err
		}
	}
	if err := r.write(r.firstLine()); err != nil {
		return err
	}
	if err := r.pipe(ctx, first); err != nil || r.people == nil {
		return err
	}
	return r.people.end(ctx)
}

// takeHeader cuts the header off the first chunk.
func (r *run) takeHeader(c *chunk) error {
	f := newFields(c, r.opts.Input.comma())
	wrong, ok := f.read()
	for !ok { // nothing but empty lines
		if err := r.split.next(c); err == io.EOF {
			return errNoHeader
		} else if err != nil {
			return err
		}
		f = newFields(c, r.opts.Input.comma())
		wrong, ok = f.read()
	}
	if wrong != nil {
		return &HeaderError{[]error{&ColumnError{Position: max(1, wrong.column), Problem: wrong.text}}}
	}
	for _, x := range f.record {
		r.names = append(r.names, string(f.text[x.from:x.to]))
	}
	var errs []error
	if r.columns, errs = readHeader(r.p, r.names, &r.opts); len(errs) > 0 {
		return &HeaderError{errs}
	}
	c.line = f.next
	c.text = c.text[f.pos:]
	c.buffer = c.buffer[f.pos:]
	return nil
}

// firstLine is what stands before all results.
func (r *run) firstLine() []byte {
	if r.people != nil {
		return r.people.tables.header()
	}
	return r.header()
}

func (r *run) write(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	_, err := r.out.Write(b)
	return err
}

// spare is how many chunks are under way beside those that are worked on: being
// read, waiting, and being written. More would only take more memory.
const spare = 4

// pipe runs the workers. A chunk stands in the queue of the writer from before
// it is worked on, so that results come out in the order of the input. No
// channel is ever full, since there are only so many chunks: whoever stops
// first, the others come to an end.
func (r *run) pipe(ctx context.Context, first *chunk) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	inFlight := r.opts.Workers + spare
	free, work, queue := make(chan *chunk, inFlight), make(chan *chunk, inFlight), make(chan *chunk, inFlight)
	for range inFlight - 1 {
		free <- &chunk{done: make(chan struct{}, 1)}
	}
	var workers sync.WaitGroup
	for range r.opts.Workers {
		workers.Go(func() {
			w := r.newWorker()
			for c := range work {
				w.do(c)
				c.done <- struct{}{}
			}
		})
	}
	var ended error // of the reading; known once the queue is closed
	go func() {
		defer close(queue)
		defer close(work)
		ended = r.feed(ctx, first, free, work, queue)
	}()
	err := r.drain(ctx, queue, free)
	stop()
	for range queue { // let the reader end
	}
	workers.Wait()
	if err == nil {
		err = ended
	}
	return err
}

// feed cuts the input into chunks until it ends. An error of the input comes
// after all records before it have been handed on.
func (r *run) feed(ctx context.Context, c *chunk, free <-chan *chunk, work, queue chan<- *chunk) error {
	for {
		if len(c.text) > 0 {
			c.read = r.split.read - int64(len(r.split.rest))
			queue <- c
			work <- c
			select {
			case <-ctx.Done():
				return context.Cause(ctx)
			case c = <-free:
			}
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		switch err := r.split.next(c); {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
	}
}

// drain writes finished chunks in order.
func (r *run) drain(ctx context.Context, queue <-chan *chunk, free chan<- *chunk) error {
	for c := range queue {
		<-c.done
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		take := r.take
		if r.people != nil {
			take = r.people.take
		}
		if err := take(c); err != nil {
			return err
		}
		if r.opts.Progress != nil {
			r.opts.Progress(c.read, r.total.rows)
		}
		free <- c
	}
	return nil
}

// take writes the results of a chunk and counts them.
func (r *run) take(c *chunk) error {
	stopped := r.limit(c)
	if err := r.write(c.out); err != nil {
		return err
	}
	r.total.add(&c.stats)
	r.read = c.read
	r.tell(c.errors)
	return stopped
}

func (r *run) tell(errors []RowError) {
	if r.opts.Errors == nil {
		return
	}
	for _, e := range errors {
		r.opts.Errors(e)
	}
}

// most is how many records may be in error; 0 if any number may.
func (o *Options) most() int {
	if o.FailFast {
		return 1
	}
	return o.MaxErrors
}

// limit cuts a chunk's results off behind the last record in error that is
// allowed.
func (r *run) limit(c *chunk) error {
	most, before := r.opts.most(), int(r.total.failed)
	if most == 0 || before+len(c.ends) < most {
		return nil
	}
	c.cutAfter(most - before - 1)
	return &StoppedError{most}
}
