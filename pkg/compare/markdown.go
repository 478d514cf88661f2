package compare

import (
	"io"
	"strings"
)

// Markdown writes a report as a comment on a change of the rules: CommonMark
// with tables, without HTML. What comes from a pack is escaped.
func Markdown(w io.Writer, r Report) error {
	var b strings.Builder
	d := r.doc()
	b.WriteString("## " + markup(d.title) + "\n")
	for _, block := range d.blocks {
		b.WriteByte('\n')
		switch {
		case block.heading != "":
			b.WriteString("### " + markup(block.heading) + "\n")
		case block.table != nil:
			markdownTable(&b, block.table)
		case block.items != nil:
			for _, it := range block.items {
				b.WriteString("- " + markup(it.text) + "\n")
				for _, line := range it.then {
					b.WriteString("  - " + markup(line) + "\n")
				}
			}
		case block.strong:
			b.WriteString("**" + markup(block.text) + "**\n")
		default:
			b.WriteString(markup(block.text) + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func markdownTable(b *strings.Builder, t *table) {
	line := func(cells []string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	rule := make([]string, len(t.head))
	for i := range rule {
		rule[i] = "---"
		if i >= t.words {
			rule[i] = "---:"
		}
	}
	line(markups(t.head))
	line(rule)
	for _, row := range t.rows {
		line(markups(row))
	}
}

func markups(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = markup(c)
	}
	return out
}

// markup turns ids into code and makes all else stand for itself.
func markup(s string) string {
	var b strings.Builder
	for s != "" {
		before, rest, found := strings.Cut(s, idFrom)
		b.WriteString(escaped(before))
		if !found {
			break
		}
		name, after, _ := strings.Cut(rest, idTo)
		if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == "" && name != "" {
			b.WriteString("`" + name + "`")
		} else {
			b.WriteString(escaped(name))
		}
		s = after
	}
	return b.String()
}

// escaped puts a backslash before all that Markdown could take for markup.
// Underscores inside words are none.
func escaped(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case strings.ContainsRune("\\`*[]<>|~@&", r), i == 0 && strings.ContainsRune("#+-=", r),
			r == '_' && (i == 0 || i == len(s)-1 || s[i-1] == ' ' || s[i+1] == ' '):
			b.WriteByte('\\')
		case r == ':' && strings.HasPrefix(s[i:], "://"):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
