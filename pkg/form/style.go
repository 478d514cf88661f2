package form

import (
	"io"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/huh"
	"github.com/charmbracelet/lipgloss"
)

// How the program looks. Colour never carries anything alone: what is chosen
// has a mark, what is ruled out another, and an alarm says so in words. The
// colours keep a contrast of at least 4.5 to 1 on white and on black.

var (
	colourAccent = lipgloss.AdaptiveColor{Light: "#5A3FC0", Dark: "#A99BFF"}
	colourQuiet  = lipgloss.AdaptiveColor{Light: "#5C6166", Dark: "#9AA0A6"}
	colourLine   = lipgloss.AdaptiveColor{Light: "#B4B8BE", Dark: "#5A5F66"}
	colourAlarm  = lipgloss.AdaptiveColor{Light: "#B3001B", Dark: "#FF8A93"}
	colourGood   = lipgloss.AdaptiveColor{Light: "#00703C", Dark: "#6BD6A0"}
	colourWarn   = lipgloss.AdaptiveColor{Light: "#8A5300", Dark: "#F2C063"}
)

// styles are made for one output: lipgloss's own look at standard output,
// which may be a file while the form is on standard error.
type styles struct {
	title  lipgloss.Style // the question
	accent lipgloss.Style
	quiet  lipgloss.Style
	line   lipgloss.Style
	alarm  lipgloss.Style
	good   lipgloss.Style
	warn   lipgloss.Style
	head   lipgloss.Style // of a part of the panel

	theme *huh.Theme
	keys  *huh.KeyMap
}

func newStyles(out io.Writer) *styles {
	r := lipgloss.NewRenderer(out)
	// Asked now, before the program reads the terminal: later its answer would
	// arrive among the keys.
	r.HasDarkBackground()
	fg := func(c lipgloss.TerminalColor) lipgloss.Style { return r.NewStyle().Foreground(c) }
	s := &styles{
		title: r.NewStyle().Bold(true), accent: fg(colourAccent), quiet: fg(colourQuiet), line: fg(colourLine),
		alarm: fg(colourAlarm).Bold(true), good: fg(colourGood), warn: fg(colourWarn), head: fg(colourAccent).Bold(true),
	}
	s.theme, s.keys = s.newTheme(r), newKeys()
	return s
}

const (
	selector      = "▸ "
	selectorWidth = 2
	boxEmpty      = "[ ] "
	boxSelected   = "[x] "
	boxWidth      = 4
)

func (s *styles) newTheme(r *lipgloss.Renderer) *huh.Theme {
	plain := r.NewStyle()
	t := &huh.Theme{}
	t.Form.Base, t.Group.Base, t.FieldSeparator = plain, plain, plain
	f := &t.Focused
	f.Base, f.Title, f.Description, f.Option, f.UnselectedOption = plain, plain, plain, plain, plain
	f.ErrorIndicator, f.ErrorMessage = plain, plain
	f.SelectSelector = s.accent.Bold(true).SetString(selector)
	f.MultiSelectSelector = f.SelectSelector
	f.SelectedOption = s.accent
	f.SelectedPrefix = s.accent.Bold(true).SetString(boxSelected)
	f.UnselectedPrefix = s.quiet.SetString(boxEmpty)
	f.TextInput.Cursor, f.TextInput.CursorText = s.accent, plain
	f.TextInput.Placeholder, f.TextInput.Prompt, f.TextInput.Text = s.quiet, s.accent.Bold(true), plain
	t.Blurred = *f
	return t
}

// newKeys leaves to huh what moves and toggles. Filtering would hide answers,
// "select all" would contradict "none of these", and what accepts or goes back
// is decided in one place for all fields.
func newKeys() *huh.KeyMap {
	k, off := huh.NewDefaultKeyMap(), key.NewBinding()
	k.Quit = off
	k.Select.Filter, k.Select.SetFilter, k.Select.ClearFilter = off, off, off
	k.Select.Next, k.Select.Prev, k.Select.Submit = off, off, off
	k.MultiSelect.Filter, k.MultiSelect.SetFilter, k.MultiSelect.ClearFilter = off, off, off
	k.MultiSelect.SelectAll, k.MultiSelect.SelectNone = off, off
	k.MultiSelect.Next, k.MultiSelect.Prev, k.MultiSelect.Submit = off, off, off
	k.Input.Next, k.Input.Prev, k.Input.Submit, k.Input.AcceptSuggestion = off, off, off, off
	return k
}
