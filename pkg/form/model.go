package form

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// request puts a page on the screen. What the person does with it comes back
// on reply.
type request struct {
	page  *page
	reply chan<- any
}

// overlay is what is laid over the page for a while.
type overlay int

const (
	noOverlay overlay = iota
	helpOverlay
	panelOverlay
)

// model is the bubbletea program: one page at a time.
type model struct {
	st            *styles
	size          tea.WindowSizeMsg // to begin with, where nobody else tells; zero where the terminal does
	width, height int
	page          *page
	reply         chan<- any // nil while the interview is thinking
	overlay       overlay
	scroll        int // first line of the list, or of the overlay, that is shown
}

// Init tells the size as a terminal would: bubbletea's renderer, too, needs to
// know it, and leaves the rest of old lines standing if it does not.
func (m *model) Init() tea.Cmd {
	if m.size.Width == 0 {
		return nil
	}
	return func() tea.Msg { return m.size }
}

// Update follows what happens. Keys that come while no page waits for them are
// dropped: an answer must never be given to a question that was not yet on the
// screen.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case request:
		m.page, m.reply, m.overlay, m.scroll = msg.page, msg.reply, noOverlay, 0
	case tea.KeyMsg:
		if msg.String() == "ctrl+z" {
			return m, tea.Suspend
		}
		if m.page != nil && m.reply != nil {
			m.key(msg)
		}
	}
	return m, nil
}

func (m *model) key(msg tea.KeyMsg) {
	name := msg.String()
	if name == "ctrl+c" {
		m.send(m.page.quit)
		return
	}
	if m.tooSmall() {
		return
	}
	if m.overlay != noOverlay {
		m.overlayKey(name)
		return
	}
	typing := m.typing()
	switch {
	case name == "enter":
		m.send(m.page.accept())
	case name == "esc" || name == "shift+tab" || name == "left" && !typing:
		if m.page.canBack {
			m.send(m.page.back)
		}
	case name == "tab" || name == "right" && !typing:
		if m.page.canForward {
			m.send(m.page.forward)
		}
	case name == "-" && m.page.skip != nil:
		m.send(m.page.skip)
	case name == "=" && m.mayConfirm():
		m.send(m.page.confirm)
	case name == "?" && !m.naming():
		m.overlay, m.scroll = helpOverlay, 0
	case name == "p" && !m.naming() && !m.wide():
		m.overlay, m.scroll = panelOverlay, 0
	default:
		m.page.problem = ""
		m.toField(name, msg)
	}
}

func (m *model) toField(name string, msg tea.KeyMsg) {
	if l, ok := m.page.field.(*list); ok {
		if row, ok := m.page.letters[name]; ok {
			l.move(row)
			return
		}
	}
	m.page.field.update(msg)
}

// mayConfirm reports whether last time's answer is on the screen and may be
// confirmed.
func (m *model) mayConfirm() bool { return m.page.confirm != nil && m.height >= lastHeight }

// typing reports whether there is text that the arrow keys move in.
func (m *model) typing() bool {
	e, ok := m.page.field.(*entry)
	return ok && e.text != ""
}

// naming reports whether letters are being typed, as no number has any.
func (m *model) naming() bool {
	_, ok := m.page.field.(*entry)
	return ok && m.page.forward == nil
}

func (m *model) overlayKey(name string) {
	switch name {
	case "up", "k":
		m.scroll = max(0, m.scroll-1)
	case "down", "j":
		m.scroll++
	case "pgdown", " ":
		m.scroll += max(1, m.height/2)
	case "pgup":
		m.scroll = max(0, m.scroll-m.height/2)
	case "esc", "enter", "?", "p", "q", "left":
		m.overlay, m.scroll = noOverlay, 0
	}
}

// send gives a reply; nil is none, and the page stays.
func (m *model) send(reply any) {
	if reply == nil {
		return
	}
	m.reply <- reply
	m.reply = nil
}

const (
	smallestWidth  = 30
	smallestHeight = 10
	wideWidth      = 100 // from here on the panel stands beside the question
)

func (m *model) tooSmall() bool { return m.width < smallestWidth || m.height < smallestHeight }

func (m *model) wide() bool { return m.width >= wideWidth }

// View draws the screen: as many lines as it is high, none longer than it is
// wide.
func (m *model) View() string {
	if m.page == nil || m.width == 0 {
		return ""
	}
	var lines []string
	if m.tooSmall() {
		lines = wrap("The window is too small. Make it larger to go on; Ctrl+C leaves.", m.width)
	} else {
		lines = m.screen()
	}
	return fit(lines, m.width, m.height)
}

// fit makes exactly height lines of at most width columns.
func fit(lines []string, width, height int) string {
	lines = slices.Clone(lines[:min(len(lines), height)])
	for len(lines) < height {
		lines = append(lines, "")
	}
	out := ""
	for i, l := range lines {
		if i > 0 {
			out += "\n"
		}
		out += cut(l, width)
	}
	return out
}
