// Package form puts the interview on a terminal: Full is one full-screen
// program with a panel beside the question, Plain asks line by line for screen
// readers, dumb terminals and pipes. Both are prompters of package interview.
//
// It shows and waits, and refuses to decide: which question comes next, and
// what an answer means, is not known here. No key that is pressed by accident
// gives an answer: every question begins on "not assessed", and what ends the
// input is an error. Nothing else in the program may know the terminal
// libraries that are used here.
package form

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	_ "github.com/carelevel/carelevel/pkg/form/noquery" // before bubbletea is initialised
	"github.com/carelevel/carelevel/pkg/interview"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"
)

// FullOptions say where a Full runs.
type FullOptions struct {
	In  io.Reader // the keyboard
	Out io.Writer // the screen

	// Width and Height, in columns and lines, are the size of an Out that is no
	// terminal and cannot be asked; 0 is 80 by 24.
	Width, Height int
}

// Full is a prompter that takes the whole screen. Close must be called to give
// the terminal back.
type Full struct {
	st      *styles
	program *tea.Program
	ended   chan struct{} // closed when the input ends
	done    chan struct{} // closed when the program has given the terminal back
	err     error         // the program's, once done
}

// NewFull takes the screen until Close, or the end of ctx.
func NewFull(ctx context.Context, opts FullOptions) *Full {
	f := &Full{st: newStyles(opts.Out), ended: make(chan struct{}), done: make(chan struct{})}
	m := &model{st: f.st}
	if !isTerminal(opts.Out) {
		m.size = tea.WindowSizeMsg{Width: opts.Width, Height: opts.Height}
		if opts.Width <= 0 || opts.Height <= 0 {
			m.size = tea.WindowSizeMsg{Width: 80, Height: 24}
		}
	}
	f.program = tea.NewProgram(m, tea.WithContext(ctx), tea.WithInput(watchEnd(opts.In, f.ended)), tea.WithOutput(opts.Out),
		tea.WithAltScreen(), tea.WithoutSignalHandler(), tea.WithoutBracketedPaste())
	go func() {
		defer close(f.done)
		_, f.err = f.program.Run()
	}()
	return f
}

func isTerminal(out io.Writer) bool {
	f, ok := out.(term.File)
	return ok && term.IsTerminal(f.Fd())
}

// Close gives the terminal back as it was. It may be called more than once.
func (f *Full) Close() error {
	f.program.Quit()
	<-f.done
	if errors.Is(f.err, tea.ErrProgramKilled) && (errors.Is(f.err, context.Canceled) || errors.Is(f.err, context.DeadlineExceeded)) {
		return nil
	}
	return f.err
}

// Ask puts a question; see interview.Prompter.
func (f *Full) Ask(ctx context.Context, p interview.Prompt) (interview.Reply, error) {
	return show[interview.Reply](ctx, f, questionPage(f.st, p))
}

// Pause shows where the interview stands; see interview.Prompter.
func (f *Full) Pause(ctx context.Context, p interview.Pause) (interview.PauseReply, error) {
	return show[interview.PauseReply](ctx, f, pausePage(f.st, p))
}

// Leave asks what to do with the answers; see interview.Prompter.
func (f *Full) Leave(ctx context.Context, l interview.Leave) (interview.LeaveReply, error) {
	return show[interview.LeaveReply](ctx, f, leavePage(f.st, l))
}

// show puts a page on the screen and waits for what comes of it.
func show[R any](ctx context.Context, f *Full, g *page) (R, error) {
	var none R
	reply := make(chan any, 1)
	f.program.Send(request{g, reply})
	select {
	case r := <-reply:
		return r.(R), nil
	case <-ctx.Done():
		return none, ctx.Err()
	case <-f.ended:
		return none, io.ErrUnexpectedEOF
	case <-f.done:
		if f.err == nil {
			return none, errors.New("the screen has been closed")
		}
		return none, fmt.Errorf("the screen: %w", f.err)
	}
}

// watchEnd makes known when the input ends. bubbletea only stops reading then,
// and would wait for ever for a key.
func watchEnd(in io.Reader, ended chan struct{}) io.Reader {
	w := &watcher{in: in, ended: ended}
	if f, ok := in.(*os.File); ok {
		return &watchedFile{f, w}
	}
	return w
}

type watcher struct {
	in    io.Reader
	ended chan struct{}
	once  sync.Once
}

func (w *watcher) Read(p []byte) (int, error) {
	n, err := w.in.Read(p)
	if errors.Is(err, io.EOF) {
		w.once.Do(func() { close(w.ended) })
	}
	return n, err
}

// watchedFile is still a file to bubbletea, which sets terminals to raw mode.
type watchedFile struct {
	*os.File
	watch *watcher
}

func (f *watchedFile) Read(p []byte) (int, error) { return f.watch.Read(p) }
