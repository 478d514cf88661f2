package pack

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/carelevel/carelevel/pkg/diag"
)

// yamlError takes the messages of the YAML reader apart.
var yamlError = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// syntax reports what the YAML reader stumbled over, in words that say what to
// do, and at the place of the mistake: the reader names the line where it gave
// up, which is often the one after.
func (g *guard) syntax(err error) {
	line, message := 1, err.Error()
	if m := yamlError.FindStringSubmatch(message); m != nil {
		message = m[2]
		if n, err := strconv.Atoi(m[1]); err == nil {
			line = n
		}
	}
	line = min(line, g.text.Lines())
	if g.tab(line) {
		return
	}
	for _, s := range stumbles {
		if strings.Contains(message, s.message) && s.explain(g, line, message) {
			return
		}
	}
	g.stumble(line, 0, "this is not YAML: "+message, "look at the indentation and the quotes of this line and the one before")
}

// stumble reports a syntax error in a line, at a byte offset in it, or at its
// first character where that is not above 0.
func (g *guard) stumble(line, offset int, message, hint string) {
	text := g.text.Line(line)
	if offset <= 0 {
		offset = len(text) - len(strings.TrimLeft(text, " \t"))
	}
	col := utf8.RuneCountInString(text[:min(offset, len(text))]) + 1
	g.add("yaml-syntax", diag.Span{File: g.file, Line: line, Col: col, EndLine: line, EndCol: col + 1}, message, hint)
}

// tab reports the first tab in an indentation up to the line where reading
// stopped.
func (g *guard) tab(line int) bool {
	for n := 1; n <= min(line+1, g.text.Lines()); n++ {
		text := g.text.Line(n)
		indent := text[:len(text)-len(strings.TrimLeft(text, " \t"))]
		if i := strings.IndexByte(indent, '\t'); i >= 0 && strings.TrimSpace(text) != "" {
			g.add("yaml-tab", diag.Span{File: g.file, Line: n, Col: i + 1, EndLine: n, EndCol: i + 2}, "a tab in the indentation; expected spaces", "set the editor to indent YAML with spaces")
			return true
		}
	}
	return false
}

// stumbles are the messages that people meet, and what is behind them.
// explain reports and returns true, or returns false where it does not fit.
var stumbles = []struct {
	message string
	explain func(g *guard, line int, message string) bool
}{
	{"mapping values are not allowed", (*guard).stumbleColon},
	{"cannot start any token", (*guard).stumbleToken},
	{"unknown anchor", (*guard).stumbleStar},
	{"expected alphabetic or numeric character", (*guard).stumbleMark},
	{"unexpected end of stream", (*guard).stumbleQuote},
	{"unexpected document indicator", (*guard).stumbleQuote},
	{"expected ',' or", (*guard).stumbleBracket},
	{"expected node content", (*guard).stumbleContent},
	{"could not find expected ':'", (*guard).stumbleNoColon},
	{"block sequence entries are not allowed", (*guard).stumbleDash},
	{"unknown escape character", (*guard).stumbleEscape},
	{"did not find expected key", (*guard).stumbleKey},
	{"did not find expected '-' indicator", (*guard).stumbleKey},
	{"exceeded max depth", (*guard).stumbleDepth},
}

// stumbleColon explains a second colon: text with a colon in it, or a key that
// is indented below a value.
func (g *guard) stumbleColon(line int, _ string) bool {
	for n := line; n <= min(line+1, g.text.Lines()); n++ {
		text := g.text.Line(n)
		first := strings.Index(text, ": ")
		if first < 0 {
			continue
		}
		rest := text[first+2:]
		i := strings.Index(rest+" ", ": ")
		if i < 0 || strings.HasPrefix(strings.TrimLeft(rest, " "), "#") {
			continue
		}
		g.stumble(n, first+2+i, "a colon in text that is not quoted", `put the text in quotes, "…", or write it below >-`)
		return true
	}
	text := strings.TrimSpace(g.text.Line(line))
	g.stumble(line, 0, fmt.Sprintf("%s is indented further than the keys beside it, below a line that has a value already", quoteShort(text)), "give it the indentation of the keys beside it")
	return true
}

func (g *guard) stumbleToken(line int, _ string) bool { return g.stumbleFirst(line, "@`%") }

// stumbleMark explains *text* and & alone, which begin names of YAML's own.
func (g *guard) stumbleMark(line int, _ string) bool { return g.stumbleFirst(line, "*&") }

// stumbleFirst explains text that begins with one of some characters.
func (g *guard) stumbleFirst(line int, first string) bool {
	for n := line; n <= min(line+1, g.text.Lines()); n++ {
		text := g.text.Line(n)
		for i := 0; i < len(text); i++ {
			if strings.IndexByte(first, text[i]) >= 0 && (i == 0 || strings.IndexByte(" [{,", text[i-1]) >= 0) {
				g.stumble(n, i, fmt.Sprintf("text that begins with %c needs quotes", text[i]), `put it in quotes, "…"`)
				return true
			}
		}
	}
	return false
}

// stumbleStar explains *text*, which YAML takes for an alias.
func (g *guard) stumbleStar(_ int, message string) bool {
	_, name, _ := strings.Cut(message, "'")
	name, _, ok := strings.Cut(name, "'")
	if !ok {
		return false
	}
	for n := 1; n <= g.text.Lines(); n++ {
		if i := strings.Index(g.text.Line(n), "*"+name); i >= 0 {
			col := utf8.RuneCountInString(g.text.Line(n)[:i]) + 1
			at := diag.Span{File: g.file, Line: n, Col: col, EndLine: n, EndCol: col + 1 + utf8.RuneCountInString(name)}
			g.add("yaml-alias", at, fmt.Sprintf("alias *%s; expected the value itself", name), "text that begins with * needs quotes")
			return true
		}
	}
	return false
}

// stumbleQuote finds the quote that is not closed: the first that its own line
// does not close either.
func (g *guard) stumbleQuote(line int, _ string) bool {
	for n := line; n <= g.text.Lines(); n++ {
		text := g.text.Line(n)
		for i := 0; i < len(text); i++ {
			if text[i] != '"' && text[i] != '\'' || i > 0 && strings.IndexByte(" [{,", text[i-1]) < 0 {
				continue
			}
			length := quoteLength(text[i:])
			if i+length == len(text) && (length == 1 || text[len(text)-1] != text[i]) {
				g.stumble(n, i, "a quote that is not closed", fmt.Sprintf("close it with %c at the end of the text", text[i]))
				return true
			}
			i += length - 1
		}
	}
	return false
}

// stumbleBracket explains brackets that are not closed, or were cut short by a
// character that means something inside of them. The reader names the line
// before that of the bracket, unless it is the first.
func (g *guard) stumbleBracket(line int, message string) bool {
	open, shut := "[", "]"
	if strings.Contains(message, "}") {
		open, shut = "{", "}"
	}
	if line < g.text.Lines() && strings.Contains(g.text.Line(line+1), open) {
		line++
	}
	text := g.text.Line(line)
	if i := questionInBrackets.FindStringIndex(text); i != nil {
		g.stumble(line, i[0], "a question mark in text that is not quoted, inside brackets", `put the text in quotes, "…"`)
		return true
	}
	at := strings.Index(text, open)
	for i := 0; i < len(text); i++ { // the last one that its line does not close
		if text[i] == open[0] && bracketLength(text[i:]) == 1 {
			at = i
		}
	}
	g.stumble(line, at, fmt.Sprintf("%s without %s, or a comma missing between two entries", open, shut), "inside brackets, text with , [ ] { } or a colon in it needs quotes")
	return true
}

var questionInBrackets = regexp.MustCompile(`\?\s*[,\]}]`)

func (g *guard) stumbleContent(line int, _ string) bool {
	text := g.text.Line(line)
	if i := strings.Index(strings.ReplaceAll(text, ", ,", ",,"), ",,"); i >= 0 {
		g.stumble(line, i, "two commas with nothing between them", "remove one")
		return true
	}
	g.stumble(line, 0, "a value is missing, or stands where none can be", "look at the brackets and the indentation")
	return true
}

// stumbleNoColon finds the line without a colon.
func (g *guard) stumbleNoColon(line int, _ string) bool {
	for n := max(1, line-1); n <= min(line+1, g.text.Lines()); n++ {
		text := strings.TrimSpace(g.text.Line(n))
		if text == "" || text[0] == '#' || strings.Contains(text, ": ") || strings.HasSuffix(text, ":") {
			continue
		}
		p := fmt.Sprintf("%s has no colon; expected key: value", quoteShort(text))
		if i := strings.IndexByte(text, ':'); i > 0 {
			g.stumble(n, 0, p, "write a space after the colon")
			return true
		}
		g.stumble(n, 0, p, "text on several lines is indented below its key, or stands below >-")
		return true
	}
	return false
}

func (g *guard) stumbleDash(line int, _ string) bool {
	g.stumble(line, strings.Index(g.text.Line(line), "- "), "an entry of a list where none can be", `write "- " entries on lines of their own below the key`)
	return true
}

func (g *guard) stumbleEscape(line int, _ string) bool {
	text := g.text.Line(line)
	for i := 0; i+1 < len(text); i++ {
		if text[i] == '\\' {
			if strings.IndexByte("0abt\tnvfre \"/\\N_LPxuU", text[i+1]) < 0 {
				g.stumble(line, i, fmt.Sprintf(`unknown escape \%c in double quotes`, text[i+1]), `write \\ for a backslash, or use single quotes`)
				return true
			}
			i++
		}
	}
	return false
}

// stumbleKey explains a line that fits neither the block that it stands in nor
// the one around: text after a closing quote, or an indentation of its own.
func (g *guard) stumbleKey(line int, _ string) bool {
	for n := line; n <= g.text.Lines(); n++ {
		text := g.text.Line(n)
		_, value, ok := strings.Cut(text, ": ")
		value = strings.TrimSpace(value)
		if !ok || value == "" || value[0] != '"' && value[0] != '\'' {
			continue
		}
		rest := strings.TrimSpace(value[quoteLength(value):])
		if rest != "" && rest[0] != '#' {
			at := strings.LastIndex(text, rest)
			g.stumble(n, at, fmt.Sprintf("text after a closing quote: %s", quoteShort(rest)), "quote all of the text; inside double quotes write \\\" for a quote")
			return true
		}
	}
	n := g.misindented(line)
	g.stumble(n, 0, "this line fits no block above it by its indentation", "give it the indentation of the lines that it belongs to")
	return true
}

// misindented finds the first line from line on whose indentation is none of
// those of the blocks that are open there; line itself if there is none.
func (g *guard) misindented(line int) int {
	var open []int
	for n := 1; n <= g.text.Lines(); n++ {
		text := g.text.Line(n)
		trimmed := strings.TrimLeft(text, " ")
		if trimmed == "" || trimmed[0] == '#' {
			continue
		}
		indent := len(text) - len(trimmed)
		for len(open) > 0 && open[len(open)-1] > indent {
			open = open[:len(open)-1]
		}
		if n > line && (len(open) == 0 || open[len(open)-1] != indent) && n > 1 && indent < previousIndent(g.text, n) {
			return n
		}
		if len(open) == 0 || open[len(open)-1] < indent {
			open = append(open, indent)
		}
		for strings.HasPrefix(trimmed, "- ") { // "- id: x" opens a block at id
			indent, trimmed = indent+2, trimmed[2:]
			open = append(open, indent)
		}
	}
	return line
}

// previousIndent is the indentation of the line with text before line n.
func previousIndent(text *diag.Text, n int) int {
	for n--; n >= 1; n-- {
		line := text.Line(n)
		if trimmed := strings.TrimLeft(line, " "); trimmed != "" && trimmed[0] != '#' {
			indent := len(line) - len(trimmed)
			for strings.HasPrefix(trimmed, "- ") {
				indent, trimmed = indent+2, trimmed[2:]
			}
			return indent
		}
	}
	return 0
}

func (g *guard) stumbleDepth(line int, _ string) bool {
	g.add("yaml-deep", diag.Span{File: g.file, Line: line, Col: 1, EndLine: line, EndCol: 2}, fmt.Sprintf("more than %d lists and mappings inside each other", maxDepth), "name conditions of their own under conditions, and refer to them")
	return true
}
