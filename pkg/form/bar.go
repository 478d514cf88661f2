package form

import (
	"fmt"
	"io"

	bubble "github.com/charmbracelet/bubbles/progress"
)

// Bar draws how far work has come, on one line of a terminal, and takes it off
// again. It asks nothing and starts no event loop: the work is not its own.
type Bar struct {
	w     io.Writer
	model bubble.Model
	drawn bool
}

// The width of a bar in columns; a narrow terminal gets none.
const (
	maxBar = 40
	minBar = 10
)

// NewBar returns a bar that is drawn on w, a terminal.
func NewBar(w io.Writer) *Bar {
	m := bubble.New(bubble.WithSolidFill(""))
	m.EmptyColor = ""
	return &Bar{w: w, model: m}
}

// Draw shows the part that is done, from 0 to 1, and a text behind it, in so
// many columns. A part below 0 is unknown, and only the text is shown.
func (b *Bar) Draw(part float64, text string, columns int) {
	b.drawn = true
	room := columns - 1 - len([]rune(text)) - 2
	line := text
	switch {
	case part < 0:
	case room >= minBar:
		b.model.Width = min(room, maxBar)
		line = b.model.ViewAs(min(part, 1)) + "  " + text
	default:
		line = fmt.Sprintf("%.0f%%  %s", 100*min(part, 1), text)
	}
	if r := []rune(line); len(r) > columns-1 {
		line = string(r[:max(0, columns-1)])
	}
	fmt.Fprintf(b.w, "\r%s\x1b[K", line)
}

// Clear takes the bar off, so that what is written next begins on an empty
// line.
func (b *Bar) Clear() {
	if b.drawn {
		fmt.Fprint(b.w, "\r\x1b[K")
	}
	b.drawn = false
}
