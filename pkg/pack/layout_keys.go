package pack

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// orderKeys puts the keys of the rule language in their order, each with the
// comments above it. Blank lines stay where they are between the keys.
func (s *sheetOfLines) orderKeys() string {
	s.order(s.root, fileShape, len(s.lines))
	return s.text()
}

// order does so below a node that ends before line end. The inner mappings come
// first: they change the order of lines, and not their number.
func (s *sheetOfLines) order(n *yaml.Node, sh *shape, end int) {
	if sh == nil || n.Style&yaml.FlowStyle != 0 {
		return
	}
	switch n.Kind {
	case yaml.SequenceNode:
		for i, e := range n.Content {
			to := end
			if i+1 < len(n.Content) {
				to = s.start(s.dashLine(n.Content[i+1]), n.Column-1)
			}
			s.order(e, sh.element(), to)
		}
	case yaml.MappingNode:
		starts := s.starts(n)
		for i := range starts {
			to := end
			if i+1 < len(starts) {
				to = starts[i+1]
			}
			s.order(n.Content[2*i+1], sh.at(n.Content[2*i].Value), to)
		}
		if order := sh.order(); order != nil {
			s.permute(n, order, starts, end)
		}
	}
}

// starts are the lines on which the entries of a mapping begin, with the
// comments above them. The first begins with its key.
func (s *sheetOfLines) starts(n *yaml.Node) []int {
	var starts []int
	for i := 0; i < len(n.Content); i += 2 {
		at := n.Content[i].Line - 1
		if i > 0 {
			at = s.start(at, n.Content[i].Column-1)
		}
		starts = append(starts, at)
	}
	return starts
}

// start walks from a line up over the comments and blank lines that belong to
// it. A comment that is indented further belongs to what is above.
func (s *sheetOfLines) start(at, indent int) int {
	for at > 0 && s.loose(at-1) && (isBlank(s.lines[at-1]) || indentOf(s.lines[at-1]) <= indent) {
		at--
	}
	return at
}

// dashLine is the line of the dash of a list's element.
func (s *sheetOfLines) dashLine(e *yaml.Node) int {
	at := e.Line - 1
	if strings.Contains(s.lines[at][:byteColumn(s.lines[at], e.Column)], "-") {
		return at
	}
	for i := at; i > 0; i-- {
		if strings.HasPrefix(strings.TrimLeft(s.lines[i], " "), "-") {
			return i
		}
	}
	return at
}

// permute puts the entries of one mapping in order. Where a key is none of the
// language, or one cannot be moved, they stay.
func (s *sheetOfLines) permute(n *yaml.Node, order []string, starts []int, end int) {
	rank := make([]int, len(starts))
	for i := range starts {
		if rank[i] = slices.Index(order, n.Content[2*i].Value); rank[i] < 0 || i > 0 && starts[i] <= starts[i-1] {
			return
		}
	}
	if slices.IsSorted(rank) {
		return
	}
	chunks := make([]chunk, len(starts))
	for i, from := range starts {
		to := end
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		chunks[i] = s.cut(from, to)
	}
	turns := make([]int, len(starts))
	for i := range turns {
		turns[i] = i
	}
	slices.SortStableFunc(turns, func(a, b int) int { return rank[a] - rank[b] })
	if !swapDash(chunks, turns[0], n.Content[0].Column-1) {
		return
	}
	var lines []string
	for i, turn := range turns {
		lines = append(append(append(lines, chunks[i].above...), chunks[turn].lines...), chunks[i].below...)
	}
	copy(s.lines[starts[0]:end], lines)
}

// chunk is one entry, and the blank lines around it.
type chunk struct{ above, lines, below []string }

func (s *sheetOfLines) cut(from, to int) (c chunk) {
	last := to
	for last > from && s.loose(last-1) && isBlank(s.lines[last-1]) {
		last--
	}
	first := from
	for first < last && s.loose(first) && isBlank(s.lines[first]) {
		first++
	}
	lines := slices.Clone(s.lines[from:to])
	return chunk{lines[:first-from], lines[first-from : last-from], lines[last-from:]}
}

// swapDash gives the dash of a list's element, which stands before its first
// key, to the key that comes first now.
func swapDash(chunks []chunk, first, width int) bool {
	if first == 0 {
		return true
	}
	old, now := chunks[0].lines, chunks[first].lines
	if len(old) == 0 || len(now) == 0 || len(old[0]) < width || len(now[0]) < width {
		return false
	}
	prefix := old[0][:width]
	if strings.TrimLeft(prefix, " ") == "" {
		return true
	}
	if strings.Trim(prefix, " -") != "" || indentOf(now[0]) != width || isComment(now[0]) {
		return false
	}
	old[0], now[0] = strings.Repeat(" ", width)+old[0][width:], prefix+now[0][width:]
	return true
}
