package form

import (
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mattn/go-runewidth"
)

// screen is a terminal that is small enough to be understood: it keeps the
// cells, follows the cursor, and forgets colours. What it does not know it
// writes down as a fault.
type screen struct {
	mu      sync.Mutex
	changed *sync.Cond
	cells   [][]rune
	x, y    int
	raw     strings.Builder
	faults  []string
}

func newScreen(width, height int) *screen {
	s := &screen{}
	s.changed = sync.NewCond(&s.mu)
	s.resize(width, height)
	return s
}

func (s *screen) resize(width, height int) {
	s.cells = make([][]rune, height)
	for i := range s.cells {
		s.cells[i] = []rune(strings.Repeat(" ", width))
	}
	s.x, s.y = 0, 0
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.raw.Write(p)
	for text := string(p); text != ""; {
		text = s.step(text)
	}
	s.changed.Broadcast()
	return len(p), nil
}

// step takes one character or one sequence.
func (s *screen) step(text string) string {
	if rest, ok := strings.CutPrefix(text, "\x1b["); ok {
		end := strings.IndexFunc(rest, func(r rune) bool { return r >= '@' && r <= '~' })
		if end < 0 {
			s.faults = append(s.faults, "a sequence without end")
			return ""
		}
		s.sequence(rest[:end], rest[end])
		return rest[end+1:]
	}
	r := []rune(text)[0]
	switch {
	case r == '\r':
		s.x = 0
	case r == '\n':
		s.y++
	case r < ' ':
		s.faults = append(s.faults, "control character "+strconv.QuoteRune(r))
	default:
		s.put(r)
	}
	return text[len(string(r)):]
}

func (s *screen) put(r rune) {
	if s.y >= len(s.cells) || s.x >= len(s.cells[s.y]) {
		s.faults = append(s.faults, "written outside of the screen: "+string(r))
		return
	}
	s.cells[s.y][s.x] = r
	s.x += max(1, runewidth.RuneWidth(r))
}

func (s *screen) sequence(args string, final byte) {
	n, _ := strconv.Atoi(strings.Split(args, ";")[0])
	switch final {
	case 'H':
		s.y, s.x = max(0, n-1), 0
		if _, col, ok := strings.Cut(args, ";"); ok {
			c, _ := strconv.Atoi(col)
			s.x = max(0, c-1)
		}
	case 'A':
		s.y = max(0, s.y-max(1, n))
	case 'B':
		s.y = min(len(s.cells)-1, s.y+max(1, n))
	case 'D':
		s.x = max(0, s.x-max(1, n))
	case 'K':
		for x := s.x; x < len(s.cells[s.y]); x++ {
			s.cells[s.y][x] = ' '
		}
		if n == 2 {
			s.cells[s.y] = []rune(strings.Repeat(" ", len(s.cells[s.y])))
		}
	case 'J':
		for y := s.y; y < len(s.cells); y++ {
			s.cells[y] = []rune(strings.Repeat(" ", len(s.cells[y])))
		}
	case 'h', 'l', 'm':
	default:
		s.faults = append(s.faults, "unknown sequence "+strconv.Quote(args+string(final)))
	}
}

func (s *screen) String() string {
	lines := make([]string, len(s.cells))
	for i, l := range s.cells {
		lines[i] = strings.TrimRight(string(l), " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// patience is there only so that a test that fails comes to an end.
const patience = 10 * time.Second

// wait returns the screen as soon as all texts are on it.
func (s *screen) wait(t *testing.T, texts ...string) string {
	t.Helper()
	late := false
	timer := time.AfterFunc(patience, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		late = true
		s.changed.Broadcast()
	})
	defer timer.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		now := s.String()
		if containsAll(now, texts) {
			return now
		}
		if late {
			t.Fatalf("%q never came; the screen is\n%s", texts, now)
		}
		s.changed.Wait()
	}
}

func containsAll(s string, texts []string) bool {
	for _, t := range texts {
		if !strings.Contains(s, t) {
			return false
		}
	}
	return true
}
