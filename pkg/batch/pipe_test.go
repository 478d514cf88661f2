package batch_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/rules"
)

// mixed is a file of n records, of which about one in seven is in error.
func mixed(e *engine.Engine, n int, format batch.Format) string {
	rnd := rand.New(rand.NewPCG(1, 10))
	lines := strings.SplitAfter(string(sample(e, n, format)), "\n")
	for i := 1; i < n; i++ {
		switch rnd.IntN(21) {
		case 0:
			lines[i] = "too,few\n"
		case 1:
			lines[i] = strings.Replace(lines[i], "none", "nonne", 1) + "\n"
		case 2:
			lines[i] = `"a` + "\n" + `b"c,` + lines[i]
		}
	}
	return strings.Join(lines, "")
}

// batchResult is all that a run leaves behind.
type batchResult struct {
	out     string
	errors  []batch.RowError
	summary batch.Summary
	err     error
}

func runAll(e *engine.Engine, in io.Reader, opts batch.Options) batchResult {
	var r batchResult
	var out bytes.Buffer
	opts.Errors = func(m batch.RowError) { r.errors = append(r.errors, m) }
	s, err := batch.Run(context.Background(), e, in, &out, opts)
	r.out, r.summary, r.err = out.String(), *s, err
	r.summary.Seconds = 0
	return r
}

// eachWay calls try for every pair of formats.
func eachWay(t *testing.T, e *engine.Engine, n int, try func(t *testing.T, in string, opts batch.Options)) {
	for _, in := range []batch.Format{batch.CSV, batch.JSONLines} {
		for _, out := range []batch.Format{batch.TSV, batch.JSONLines} {
			t.Run(fmt.Sprint(in, "_to_", out), func(t *testing.T) { try(t, mixed(e, n, in), batch.Options{Input: in, Output: out}) })
		}
	}
}

// Any number of workers and any sizes of chunks and reads: the same bytes,
// mistakes and counts, in the order of the input.
func TestWorkersDoNotMatter(t *testing.T) {
	e := compile(t, rules.Default)
	eachWay(t, e, 300, func(t *testing.T, in string, opts batch.Options) {
		opts.Workers = 1
		want := runAll(e, strings.NewReader(in), opts)
		if want.err != nil || want.summary.Errors < 20 {
			t.Fatal(want.err, want.summary)
		}
		for _, chunk := range []int{200, 1000, 20_000} {
			batch.SetSizes(t, chunk, 1<<20)
			for _, opts.Workers = range []int{1, 2, 7} {
				if got := runAll(e, iotest.HalfReader(strings.NewReader(in)), opts); !reflect.DeepEqual(got, want) {
					t.Errorf("chunks of %d, %d workers: %s", chunk, opts.Workers, firstDifference(want.out, got.out))
				}
			}
		}
	})
}

// The results of parts of JSON Lines are the parts of the results.
func TestShardsDoNotMatter(t *testing.T) {
	e := compile(t, rules.Default)
	batch.SetSizes(t, 3000, 10_000)
	in := mixed(e, 200, batch.JSONLines) + `{"id":"` + strings.Repeat("x", 12_000) + "\"}\n" + `{"id":"after"}` + "\n" + `{"id":"` + strings.Repeat("x", 9_000) + "\"}\n"
	lines := strings.SplitAfter(in, "\n")
	opts := batch.Options{Input: batch.JSONLines, Output: batch.JSONLines}
	want := runAll(e, strings.NewReader(in), opts)
	rnd := rand.New(rand.NewPCG(1, 11))
	for range 20 {
		var got strings.Builder
		for from := 0; from < len(lines); {
			to := min(len(lines), from+1+rnd.IntN(80))
			got.WriteString(runAll(e, strings.NewReader(strings.Join(lines[from:to], "")), opts).out)
			from = to
		}
		if got.String() != want.out {
			t.Fatal(firstDifference(want.out, got.String()))
		}
	}
}

// A batch that stops at records in error has written all up to that one, and
// counted and told no more.
func TestMaxErrorsCutsExactly(t *testing.T) {
	e := compile(t, rules.Default)
	eachWay(t, e, 60, func(t *testing.T, in string, opts batch.Options) {
		all := runAll(e, strings.NewReader(in), opts)
		for _, chunk := range []int{300, 128 << 10} {
			batch.SetSizes(t, chunk, 1<<20)
			for most := 1; most <= int(all.summary.Errors)+1; most++ {
				opts := opts
				opts.MaxErrors, opts.FailFast = most, most == 1
				checkStopped(t, runAll(e, strings.NewReader(in), opts), all, most)
			}
		}
	})
}

func checkStopped(t *testing.T, got, all batchResult, most int) {
	t.Helper()
	var stopped *batch.StoppedError
	if most > int(all.summary.Errors) {
		if !reflect.DeepEqual(got, all) {
			t.Errorf("at most %d: not the same as without", most)
		}
		return
	}
	lines := 0
	var rows, failed int64
	for line := range strings.Lines(all.out) {
		lines++
		if !strings.HasPrefix(line, "id\t") { // the header
			rows++
		}
		if strings.Contains(line, `"status":"error"`) || strings.Contains(line, "\terror\t") {
			failed++
		}
		if int(failed) == most {
			break
		}
	}
	want := strings.Join(strings.SplitAfter(all.out, "\n")[:lines], "")
	if !errors.As(got.err, &stopped) || stopped.Errors != most || got.out != want {
		t.Errorf("at most %d: %v; %s", most, got.err, firstDifference(want, got.out))
	}
	if got.summary.Rows != rows || got.summary.Errors != failed {
		t.Errorf("at most %d: %d rows and %d errors counted, %d and %d written", most, got.summary.Rows, got.summary.Errors, rows, failed)
	}
	if n := len(got.errors); n < most || !reflect.DeepEqual(got.errors, all.errors[:n]) || len(all.errors) > n && all.errors[n].Line == got.errors[n-1].Line {
		t.Errorf("at most %d: %d mistakes told", most, n)
	}
}

// leavesNothing fails if a goroutine of f is still there after it.
func leavesNothing(t *testing.T, f func()) {
	t.Helper()
	before := runtime.NumGoroutine()
	f()
	for range 200 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("%d goroutines before, %d after", before, runtime.NumGoroutine())
}

var errBroken = errors.New("broken")

// All whole records before an error of the input are decided on.
func TestReaderThatFails(t *testing.T) {
	e := compile(t, rules.Default)
	eachWay(t, e, 100, func(t *testing.T, in string, opts batch.Options) {
		batch.SetSizes(t, 2000, 1<<20)
		for _, n := range []int{0, 5, len(in) / 3, len(in) - 1, len(in)} {
			whole := in[:strings.LastIndex(in[:n], "\n")+1]
			want := runAll(e, strings.NewReader(whole), opts)
			leavesNothing(t, func() {
				for _, opts.Workers = range []int{1, 3} {
					got := runAll(e, io.MultiReader(strings.NewReader(in[:n]), iotest.ErrReader(errBroken)), opts)
					if !errors.Is(got.err, errBroken) || got.summary.Rows > want.summary.Rows || opts.Input == batch.JSONLines && got.out != want.out && whole != "" {
						t.Errorf("after %d bytes: %v, %d rows of %d; %s", n, got.err, got.summary.Rows, want.summary.Rows, firstDifference(want.out, got.out))
					}
				}
			})
		}
	})
}

// failing is a writer that takes n bytes.
type failing struct {
	out bytes.Buffer
	n   int
}

func (f *failing) Write(b []byte) (int, error) {
	n := min(len(b), f.n-f.out.Len())
	f.out.Write(b[:n])
	if n < len(b) {
		return n, errBroken
	}
	return n, nil
}

func TestWriterThatFails(t *testing.T) {
	e := compile(t, rules.Default)
	eachWay(t, e, 200, func(t *testing.T, in string, opts batch.Options) {
		batch.SetSizes(t, 1000, 1<<20)
		all := runAll(e, strings.NewReader(in), opts)
		for _, n := range []int{0, 1, 500, 5000, len(all.out) - 1} {
			leavesNothing(t, func() {
				for _, opts.Workers = range []int{1, 2, 7} {
					out := &failing{n: n}
					_, err := batch.Run(context.Background(), e, strings.NewReader(in), out, opts)
					if err != errBroken || out.out.String() != all.out[:n] {
						t.Errorf("after %d bytes: %v; %s", n, err, firstDifference(all.out[:n], out.out.String()))
					}
				}
			})
		}
	})
}

// A batch ends when it is told to: between two writes, and while its input has
// nothing to say. What it wrote is the beginning of the result.
func TestInterrupted(t *testing.T) {
	e := compile(t, rules.Default)
	eachWay(t, e, 200, func(t *testing.T, in string, opts batch.Options) {
		batch.SetSizes(t, 1000, 1<<20)
		all := runAll(e, strings.NewReader(in), opts)
		for _, writes := range []int{0, 1, 2, 10} {
			leavesNothing(t, func() {
				for _, opts.Workers = range []int{1, 2, 7} {
					ctx, cancel := context.WithCancelCause(context.Background())
					out := &cancelling{left: writes, cancel: func() { cancel(errBroken) }}
					out.count()
					_, err := batch.Run(ctx, e, strings.NewReader(in), out, opts)
					if err != errBroken || !strings.HasPrefix(all.out, out.out.String()) || out.writes > writes {
						t.Errorf("after %d writes: %v; %s", writes, err, firstDifference(all.out, out.out.String()))
					}
				}
			})
		}
	})
}

// cancelling is a writer that cancels with the last write that it expects.
type cancelling struct {
	out          bytes.Buffer
	left, writes int
	cancel       func()
}

func (c *cancelling) count() {
	if c.left == 0 {
		c.cancel()
	}
	c.left--
}

func (c *cancelling) Write(b []byte) (int, error) {
	c.writes++
	c.count()
	return c.out.Write(b)
}

func TestInterruptedWhileItWaits(t *testing.T) {
	e := compile(t, rules.Default)
	in := mixed(e, 50, batch.CSV)
	for _, n := range []int{0, 10, len(in) / 2, len(in)} {
		leavesNothing(t, func() {
			silent, end := io.Pipe()
			defer end.Close()
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
			defer cancel()
			_, err := batch.Run(ctx, e, io.MultiReader(strings.NewReader(in[:n]), silent), io.Discard, batch.Options{})
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("after %d bytes: %v", n, err)
			}
		})
	}
}

// A record that Record cannot write is one in error.
func TestRecordThatFails(t *testing.T) {
	e := compile(t, rules.Default)
	calls := 0
	opts := batch.Options{Output: batch.JSONLines, Explain: true, Workers: 1, Record: failsSecond(&calls)}
	got := runAll(e, strings.NewReader("id\na\nb\nc\n"), opts)
	lines := strings.Split(got.out, "\n")
	if len(lines) != 4 || lines[0] != "whole a" || lines[2] != "whole c" || !strings.Contains(lines[1], `"errors":[{"line":3,"code":"internal","text":"broken"}]`) || got.summary.Errors != 1 || len(got.errors) != 1 {
		t.Errorf("%+v", got)
	}
}
