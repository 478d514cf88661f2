package form

import (
	"fmt"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/interview"
	"github.com/carelevel/carelevel/pkg/pack"
	tea "github.com/charmbracelet/bubbletea"
)

// many is more than fits on a small screen.
const many = 14

// long is a prompt with many options, some of them longer than a line and one
// label twice.
func long(kind pack.Kind, value pack.Value) interview.Prompt {
	q := &pack.Question{ID: "q", Kind: kind, Ask: "Which?", Help: strings.Repeat("Read this first. ", 12), Section: &pack.Section{Title: "Long"}}
	for i := range many {
		label := fmt.Sprintf("option %d %s", i, strings.Repeat("and more ", i%3*6))
		q.Options = append(q.Options, pack.Option{ID: fmt.Sprintf("o%d", i), Label: label})
	}
	q.Options[4].Label, q.Options[7].Label = "the same", "the same"
	p := &pack.Pack{ID: "p", Title: "Pack", Questions: []*pack.Question{q}, Slots: []pack.Slot{{ID: "q", Question: q, Item: -1, Max: 1<<many - 1}}}
	return interview.Prompt{Pack: p, Question: q, Value: value, CanBack: true}
}

func open(p interview.Prompt, width, height int) (*model, chan any) {
	st := newStyles(new(strings.Builder))
	m := &model{st: st}
	reply := make(chan any, 1)
	m.Update(tea.WindowSizeMsg{Width: width, Height: height})
	m.Update(request{questionPage(st, p), reply})
	return m, reply
}

func press(m *model, keys ...string) {
	types := map[string]tea.KeyType{"down": tea.KeyDown, "up": tea.KeyUp, "enter": tea.KeyEnter, "esc": tea.KeyEsc}
	for _, k := range keys {
		if t, ok := types[k]; ok {
			m.Update(tea.KeyMsg{Type: t})
			continue
		}
		m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(k)})
	}
}

// huh's own scrolling loses what stands above the cursor at the beginning, and
// rows that are broken over several lines.
func TestEveryOptionCanBeReachedAndIsSeenWhole(t *testing.T) {
	for _, kind := range []pack.Kind{pack.Choice, pack.Multi} {
		for _, size := range []struct{ width, height int }{{80, 24}, {60, 20}, {120, 40}, {30, 10}} {
			m, _ := open(long(kind, 1<<3), size.width, size.height)
			for _, key := range []string{"down", "up"} {
				for range many {
					press(m, key)
					checkCursor(t, m, size.width, size.height)
				}
			}
		}
	}
}

// checkCursor wants the screen to be as large as it should, and all of the row
// under the cursor to be on it.
func checkCursor(t *testing.T, m *model, width, height int) {
	t.Helper()
	view := m.View()
	if n := strings.Count(view, "\n") + 1; n != height {
		t.Fatalf("%d lines, not %d:\n%s", n, height, view)
	}
	var rows []row
	cursor, indent := 0, selectorWidth
	switch f := m.page.field.(type) {
	case *list:
		rows, cursor = f.rows, f.cursor
	case *checks:
		rows, cursor, indent = f.rows, f.cursor, selectorWidth+boxWidth
	}
	_, after, found := strings.Cut(view, selector)
	if !found {
		t.Fatalf("%dx%d: the cursor is not to be seen:\n%s", width, height, view)
	}
	inner := width - 2*margin
	if m.wide() {
		inner -= panelWidth + separatorWidth + margin
	}
	for _, l := range wrap(rows[cursor].label, inner-indent) {
		if height > 10 && !strings.Contains(after, l) {
			t.Fatalf("%dx%d: %q is not to be seen:\n%s", width, height, l, view)
		}
	}
}

func TestOptionsWithTheSameLabelAreToldApart(t *testing.T) {
	m, reply := open(long(pack.Multi, pack.Missing), 80, 24)
	press(m, "down", "down", "down", "down", " ", "enter")
	if got := <-reply; got != (interview.Reply{Value: 1 << 4}) {
		t.Errorf("got %v, want option 4 alone", got)
	}
}

func TestPresentAnswerIsUnderTheCursor(t *testing.T) {
	m, reply := open(long(pack.Choice, many-1), 60, 20)
	if view := m.View(); !strings.Contains(view, "▸ option 13") {
		t.Errorf("the answer is not under the cursor:\n%s", view)
	}
	press(m, "enter")
	if got := <-reply; got != (interview.Reply{Value: many - 1}) {
		t.Errorf("got %v", got)
	}
}

// A key that comes before the next question is there must not answer it.
func TestKeysAreDroppedWhileNothingIsAsked(t *testing.T) {
	m, reply := open(long(pack.Choice, pack.Missing), 80, 24)
	press(m, "enter", "down", "down", "enter", "-", "esc")
	if got := <-reply; got != (interview.Reply{Value: pack.NotAssessed}) {
		t.Errorf("got %v", got)
	}
	if len(reply) != 0 {
		t.Errorf("a second reply came: %v", <-reply)
	}
	next := make(chan any, 1)
	m.Update(request{questionPage(m.st, long(pack.Choice, pack.Missing)), next})
	if view := m.View(); !strings.Contains(view, "▸ Not assessed") || len(next) != 0 {
		t.Errorf("the next question is not as it should begin:\n%s", view)
	}
}

func TestNothingIsAnsweredOnAWindowThatIsTooSmall(t *testing.T) {
	m, reply := open(long(pack.Choice, pack.Missing), 29, 24)
	press(m, "down", "enter", "-")
	if len(reply) != 0 {
		t.Errorf("got %v", <-reply)
	}
}
