package form

import (
	"context"
	"errors"
	"flag"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/interview"
	"github.com/carelevel/carelevel/pkg/pack"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the screens that the tests see to testdata")

// sitting is an interview at a terminal: keys go in by a pipe, and the real
// event loop draws on a screen.
type sitting struct {
	t      *testing.T
	screen *screen
	keys   *io.PipeWriter
	full   *Full
	result chan sat
}

type sat struct {
	outcome interview.Outcome
	err     error
}

func sit(t *testing.T, e *engine.Engine, width, height int, opts interview.Options) *sitting {
	t.Helper()
	in, keys := io.Pipe()
	s := &sitting{t: t, screen: newScreen(width, height), keys: keys, result: make(chan sat, 1)}
	s.full = NewFull(context.Background(), FullOptions{In: in, Out: s.screen, Width: width, Height: height})
	go func() {
		o, err := interview.Run(context.Background(), e, s.full, opts)
		s.result <- sat{o, err}
	}()
	t.Cleanup(func() {
		keys.Close()
		s.full.Close()
		if len(s.screen.faults) > 0 {
			t.Errorf("what was drawn is not fit for a terminal: %q", s.screen.faults)
		}
	})
	return s
}

// keyBytes are the names of keys in the tests.
var keyBytes = map[string]string{"enter": "\r", "down": "\x1b[B", "up": "\x1b[A", "left": "\x1b[D", "right": "\x1b[C",
	"esc": "\x1b", "ctrl+c": "\x03", "space": " ", "shift+tab": "\x1b[Z", "tab": "\t", "backspace": "\x7f"}

// do follows a script: words are keys, and what stands in quotes is waited for.
func (s *sitting) do(script string) string {
	s.t.Helper()
	now := ""
	for i, part := range strings.Split(script, `"`) {
		if i%2 == 1 {
			now = s.screen.wait(s.t, part)
			continue
		}
		for key := range strings.FieldsSeq(part) {
			text, ok := keyBytes[key]
			if !ok {
				text = key
			}
			if _, err := io.WriteString(s.keys, text); err != nil {
				s.t.Fatal(err)
			}
		}
	}
	return now
}

func (s *sitting) end() sat {
	s.t.Helper()
	select {
	case got := <-s.result:
		return got
	case <-time.After(patience):
		s.t.Fatalf("the interview does not end; the screen is\n%s", s.screen.wait(s.t))
		return sat{}
	}
}

func answersText(p *pack.Pack, a pack.Answers) string {
	var out []string
	for i, v := range a {
		if v != pack.Missing {
			out = append(out, p.Slots[i].ID+"="+p.FormatAnswer(i, v))
		}
	}
	return strings.Join(out, " ")
}

// answerNone takes the first question to the second.
const answerNone = `"▸ [ ] Overdose" down down "▸ [ ] None" space "▸ [x] None" enter "suicidal thought" `

var screens = []struct {
	name          string
	width, height int
	script        string
}{
	{"multi", 80, 24, `"▸ [ ] Overdose" space "1 chosen" down "▸ [ ] Violence" space "2 chosen"`},
	{"multi-wide", 120, 40, `"▸ [ ] Overdose"`},
	{"multi-small", 60, 20, `"▸ [ ] Overdose"`},
	{"scale", 80, 24, answerNone + `down down "▸ Wish to be dead"`},
	{"scale-wide", 120, 40, answerNone + `down down "▸ Wish to be dead"`},
	{"scale-small", 60, 20, answerNone + `up "▸ Thoughts with plan"`},
	{"scale-answered", 80, 24, answerNone + `down "▸ No thoughts" enter "PHQ-2" left "▸ No thoughts"`},
	{"method", 80, 24, answerNone + `- "PHQ-2"`},
	{"item", 80, 24, answerNone + `- "PHQ-2" down "▸ Item by item" enter "item 1 of 2" 2 "▸ 2 More"`},
	{"number-refused", 80, 24, answerNone + `- "PHQ-2" - "How many crises" 31 enter "out of range"`},
	{"number-small", 60, 20, answerNone + `- "PHQ-2" - "How many crises" many "▸ many" enter "is not a number"`},
	{"determined", 80, 24, answerNone + `up "▸ Thoughts with plan" enter "The level is determined"`},
	{"determined-wide", 120, 40, answerNone + `up "▸ Thoughts with plan" enter "The level is determined"`},
	{"undetermined", 80, 24, answerNone + `- "PHQ-2" - "How many crises" enter "not determined"`},
	{"emergency", 80, 24, `"▸ [ ] Overdose" space "1 chosen" enter "EMERGENCY"`},
	{"emergency-small", 60, 20, `"▸ [ ] Overdose" space "▸ [x] Overdose" enter "EMERGENCY"`},
	{"leave", 80, 24, answerNone + `ctrl+c "Leave the interview?"`},
	{"leave-name", 80, 24, answerNone + `ctrl+c "Leave the" down down "▸ Save to another" enter "new file" my-p?.yaml "▸ my-p?.yaml"`},
	{"help", 80, 24, answerNone + `? "Source: A book 2024"`},
	{"panel", 80, 24, answerNone + `up "▸ Thoughts with plan" enter "The level is" p "Criteria that hold"`},
	{"too-small", 24, 8, `"The window is too small"`},
}

func TestScreens(t *testing.T) {
	e := clinic(t)
	for _, test := range screens {
		t.Run(test.name, func(t *testing.T) {
			s := sit(t, e, test.width, test.height, interview.Options{Suggest: "carelevel-draft.yaml",
				SaveAs: func(string, pack.Answers) error { return nil }})
			got := s.do(test.script)
			golden(t, filepath.Join("testdata", "screens", test.name+".txt"), got)
		})
	}
}

func TestSittings(t *testing.T) {
	tests := []struct {
		name   string
		script string
		end    interview.End
		want   string // answers
	}{
		{"Enter alone answers nothing, whatever the question",
			`"▸ [ ] Overdose" enter "suicidal thought" enter "PHQ-2" enter "How many crises" enter "not determined" enter`,
			interview.EndUndetermined, "danger=not_assessed risk=not_assessed phq=not_assessed crises=not_assessed"},
		{"details are filled in after the level",
			answerNone + `up "▸ Thoughts with plan" enter "is determined" down "▸ Answer that question" enter "take part" n "▸ No" enter "See the result" enter`,
			interview.EndDetermined, "danger=none risk=plan groups=no"},
		{"items by their numbers, and crises typed",
			answerNone + `- "PHQ-2" down "▸ Item by item" enter "item 1 of 2" 3 "▸ 3" enter "item 2 of 2" 0 "▸ 0" enter "How many" 12 "▸ 12" enter "is determined" enter`,
			interview.EndDetermined, "danger=none risk=not_assessed phq_1=3 phq_2=0 crises=12"},
		{"back and forth loses nothing",
			answerNone + `down "▸ No thoughts" enter "PHQ-2" left "suicidal" esc "▸ [x] None" right "▸ No thoughts" tab "PHQ-2" - "How many" 1 "▸ 1" shift+tab "PHQ-2" right "How many" 1 "▸ 1" enter "is determined" enter`,
			interview.EndDetermined, "danger=none risk=none phq=not_assessed crises=1"},
		{"none of these does not stand beside something else",
			`"▸ [ ] Overdose" space "▸ [x] Overdose" up down down "▸ [ ] None" space "[ ] Overdose" up "▸ [ ] Violence" space "[ ] None" enter "EMERGENCY" enter`,
			interview.EndEmergency, "danger=violence"},
		{"a slip into an emergency is taken back",
			`"▸ [ ] Overdose" space "1 chosen" enter "EMERGENCY" left "▸ [x] Overdose" space "Nothing chosen" down down "▸ [ ] None" space "1 chosen" enter "suicidal" ctrl+c "Leave the" ctrl+c`,
			interview.EndInterrupted, "danger=none"},
		{"leaving is thought better of",
			answerNone + `ctrl+c "Leave the" enter "suicidal" up "▸ Thoughts with" enter "is determined" ctrl+c "Leave the" esc "is determined" enter`,
			interview.EndDetermined, "danger=none risk=plan"},
	}
	e := clinic(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := sit(t, e, 80, 24, interview.Options{})
			s.do(test.script)
			got := s.end()
			if got.err != nil || got.outcome.End != test.end {
				t.Errorf("end %d, %v; want end %d", got.outcome.End, got.err, test.end)
			}
			if diff := cmp.Diff(test.want, answersText(e.Pack(), got.outcome.Answers)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEndOfInputIsNoAnswer(t *testing.T) {
	e := clinic(t)
	s := sit(t, e, 80, 24, interview.Options{})
	s.do(answerNone + `down down "▸ Wish to be dead"`)
	s.keys.Close()
	got := s.end()
	var ended *interview.InputEndedError
	if !errors.As(got.err, &ended) || ended.Question.ID != "risk" {
		t.Errorf("got %v", got.err)
	}
	if a := answersText(e.Pack(), got.outcome.Answers); a != "danger=none" {
		t.Errorf("the answers are %s", a)
	}
}

func TestCancelledContextGivesTheTerminalBack(t *testing.T) {
	in, _ := io.Pipe()
	out := newScreen(80, 24)
	ctx, cancel := context.WithCancel(context.Background())
	f := NewFull(ctx, FullOptions{In: in, Out: out})
	result := make(chan error, 1)
	go func() {
		_, err := interview.Run(ctx, clinic(t), f, interview.Options{})
		result <- err
	}()
	out.wait(t, "Overdose")
	cancel()
	if err := <-result; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if err := f.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	if raw := out.raw.String(); !strings.Contains(raw, "\x1b[?1049l") || !strings.Contains(raw, "\x1b[?25h") {
		t.Errorf("the terminal is not given back: %q", raw[max(0, len(raw)-80):])
	}
}

// What is drawn off a terminal has no colour, and nothing that a pack says can
// drive the terminal.
func TestPackTextCannotDriveTheTerminal(t *testing.T) {
	e := clinic(t)
	p := e.Pack()
	p.Title += "\x1b]0;title\a"
	p.Questions[0].Ask += "\x1b[2J\x9b2J"
	p.Questions[0].Help += "\r\u202e"
	p.Questions[0].Options[0].Label += "\x07\x1b[31m"
	p.Questions[0].Options[0].Help += "\x1bc"
	s := sit(t, e, 80, 24, interview.Options{})
	now := s.do(`"‹U+001B›[31m"`)
	for _, want := range []string{"‹U+001B›]0;title‹U", "‹U+001B›[2J‹9B›2J", "‹U+202E›", "‹U+001B›c"} {
		if !strings.Contains(now, want) {
			t.Errorf("%q is not spelled out:\n%s", want, now)
		}
	}
	if strings.Contains(s.screen.raw.String(), "\x1b[3") {
		t.Error("there is colour")
	}
}

func TestResize(t *testing.T) {
	s := sit(t, clinic(t), 120, 40, interview.Options{})
	before := s.do(answerNone + `down down "▸ Wish to be dead"`)
	if !strings.Contains(before, "Levels still possible") {
		t.Errorf("no panel beside the question:\n%s", before)
	}
	s.screen.mu.Lock()
	s.screen.resize(60, 20)
	s.screen.mu.Unlock()
	s.full.program.Send(tea.WindowSizeMsg{Width: 60, Height: 20})
	s.do(`"▸ Wish to be dead" "Possible  ●"`)
}
