package pack

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

const indentStep = 2

// newPlace says where a line goes.
type newPlace struct {
	set     bool
	prefix  string // what it begins with: spaces, and dashes with one space each
	width   int    // of what it began with
	shift   int    // how far its value moves, for lines that go on with it
	content int    // new indentation of what the line's key or dash holds, less one step
}

// indent gives each block two spaces more than what it is in.
func (s *sheetOfLines) indent() string {
	places := make([]newPlace, len(s.lines))
	s.place(s.root, 0, places)
	out := slices.Clone(s.lines)
	comments, owner := s.comments(places), -1
	for i, line := range s.lines {
		switch b := s.block[i]; {
		case b.head > 0:
			out[i] = moveText(line, b, places[b.head-1])
		case s.inner[i]:
			if owner >= 0 && !isBlank(line) {
				out[i] = strings.Repeat(" ", max(0, indentOf(line)+places[owner].shift)) + strings.TrimLeft(line, " ")
			}
		case places[i].set:
			owner = i
			comments.pass(i)
			out[i] = places[i].prefix + line[places[i].width:]
		case isComment(line):
			out[i] = strings.Repeat(" ", comments.indent(i)) + strings.TrimLeft(line, " \t")
		}
	}
	return strings.Join(out, "\n")
}

// moveText moves a line of a text under | or > with the key that holds it.
func moveText(line string, b blockText, at newPlace) string {
	to := at.content + indentStep
	if b.stated {
		to = b.indent - max(b.parent, 0) + at.content
	}
	if len(line) < b.indent { // blank, and shorter than the text
		return strings.Repeat(" ", min(len(line), to))
	}
	return strings.Repeat(" ", to) + line[b.indent:]
}

// place finds the places of the lines below a block that gets a new
// indentation.
func (s *sheetOfLines) place(n *yaml.Node, to int, places []newPlace) {
	if n.Style&yaml.FlowStyle != 0 {
		return
	}
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i]
			s.put(key, to, places)
			s.place(n.Content[i+1], to+indentStep, places)
		}
	case yaml.SequenceNode:
		for _, e := range n.Content {
			at := s.dashLine(e)
			s.putAt(at, n.Column-1, to, places)
			if at == e.Line-1 {
				s.extend(at, e, to, places)
			}
			s.place(e, to+indentStep, places)
		}
	}
}

// put places the line of a key, unless a dash has placed it.
func (s *sheetOfLines) put(key *yaml.Node, to int, places []newPlace) {
	at := key.Line - 1
	if places[at].set {
		places[at].content, places[at].shift = to, to-(key.Column-1)
		return
	}
	s.putAt(at, key.Column-1, to, places)
}

func (s *sheetOfLines) putAt(at, from, to int, places []newPlace) {
	if places[at].set {
		return
	}
	if strings.TrimLeft(s.lines[at][:min(from, len(s.lines[at]))], " ") != "" {
		return
	}
	places[at] = newPlace{set: true, prefix: strings.Repeat(" ", to), width: from, shift: to - from, content: to}
}

// extend takes a dash, and the spaces behind it, into what a line begins with.
func (s *sheetOfLines) extend(at int, e *yaml.Node, to int, places []newPlace) {
	p := &places[at]
	col := byteColumn(s.lines[at], e.Column)
	if !p.set || col <= p.width || strings.Trim(s.lines[at][p.width:col], " -") != "" {
		return
	}
	p.prefix += strings.Repeat(" ", max(0, to-len(p.prefix))) + "- "
	p.width, p.content, p.shift = col, to, to+indentStep-(e.Column-1)
}

// comments finds where comments go. It is asked about lines in their order, and
// keeps what it has seen: a file may be nothing but comments.
type comments struct {
	s        *sheetOfLines
	places   []newPlace
	next     []int       // the first placed line from each on
	byIndent map[int]int // the last placed line that was indented so
	byWidth  map[int]int // the last one whose key stood there, behind a dash
}

func (s *sheetOfLines) comments(places []newPlace) *comments {
	c := &comments{s, places, make([]int, len(places)+1), make(map[int]int), make(map[int]int)}
	c.next[len(places)] = len(places)
	for i := len(places) - 1; i >= 0; i-- {
		if c.next[i] = c.next[i+1]; places[i].set {
			c.next[i] = i
		}
	}
	return c
}

// pass notes a placed line.
func (c *comments) pass(i int) {
	c.byIndent[indentOf(c.s.lines[i])] = i
	c.byWidth[c.places[i].width] = i
}

// indent is where a comment goes: with the next line that was indented as it
// was, or else with the last such line before it, or else, at the end of all,
// below the last line that was indented less, or else with the next.
func (c *comments) indent(i int) int {
	was, next := indentOf(c.s.lines[i]), c.next[i]
	if next < len(c.places) && indentOf(c.s.lines[next]) == was {
		return c.to(next)
	}
	same, ok := c.byIndent[was]
	behind, ok2 := c.byWidth[was]
	switch {
	case ok && (!ok2 || same >= behind):
		return c.to(same)
	case ok2:
		return len(c.places[behind].prefix)
	case next < len(c.places):
		return c.to(next)
	}
	above := -1
	for indent, line := range c.byIndent {
		if indent < was {
			above = max(above, line)
		}
	}
	if above < 0 {
		return was
	}
	return c.to(above) + indentStep
}

// to is the new indentation of a placed line.
func (c *comments) to(i int) int { return indentOf(c.places[i].prefix + "x") }

// trim takes away the spaces at the ends of lines, and blank lines around the
// whole.
func (s *sheetOfLines) trim() string {
	for i, line := range s.lines {
		if s.block[i].head == 0 && (!s.inner[i] || isBlank(line)) {
			s.lines[i] = strings.TrimRight(line, " \t")
		}
	}
	last := len(s.lines)
	for last > 0 && s.lines[last-1] == "" && s.block[last-1].head == 0 {
		last--
	}
	first := 0
	for first < last && s.lines[first] == "" {
		first++
	}
	return strings.Join(s.lines[first:last], "\n") + "\n"
}
