package atlas

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// WriteMarkdown writes the table for people to read: for each level one with a
// row's conditions in words. It is not for reading back: that is what CSV and
// JSON are for.
func WriteMarkdown(w io.Writer, t *Table) error {
	out := bufio.NewWriter(w)
	p := t.Pack
	fmt.Fprintf(out, "# %s\n\n", markdown(p.Title))
	if t.Levels == nil {
		fmt.Fprintf(out, "Every combination of complete answers to %s %s is in exactly one row:\n", p.ID, markdown(p.Version))
		fmt.Fprintf(out, "%s combinations in %s.\n", t.Size, counted(len(t.Rows), "row"))
	} else {
		fmt.Fprintf(out, "Of %s combinations of complete answers to %s %s, every one that leads to\n", t.Size, p.ID, markdown(p.Version))
		fmt.Fprintf(out, "%s is in exactly one of %s.\n", markdown(levelTitles(t.Levels)), counted(len(t.Rows), "row"))
	}
	var level *pack.Level
	n := 0
	for i := range t.Rows {
		r := &t.Rows[i]
		if r.Level != level {
			level, n = r.Level, 0
			fmt.Fprintf(out, "\n## %s (`%s`)\n\n| # | When | Combinations | Share |\n|--:|---|--:|--:|\n", markdown(level.Title), level.ID)
		}
		n++
		fmt.Fprintf(out, "| %d | %s | %s | %s |\n", n, t.words(r), t.counts(r)[0], percent(t.Share(r)))
	}
	return out.Flush()
}

// words says what a row demands, one test after the other.
func (t *Table) words(r *Row) string {
	var parts []string
	for c, cell := range r.Cells {
		if cell != nil {
			parts = append(parts, markdown(t.Pack.Describe(t.Columns[c].Condition(cell))))
		}
	}
	if parts == nil {
		return "always"
	}
	return strings.Join(parts, "; ")
}

// markdown makes text of a pack plain text in Markdown, also within a table.
func markdown(text string) string {
	return markdownSigns.Replace(strings.Join(strings.Fields(diag.Clean(text)), " "))
}

var markdownSigns = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`,
	"|", `\|`, "#", `\#`, "~", `\~`, "&", "&amp;", "$", `\$`)

func levelTitles(levels []*pack.Level) string {
	var titles []string
	for _, l := range levels {
		titles = append(titles, l.Title)
	}
	return strings.Join(titles, " or ")
}

// percent writes a share for people: with two digits that count, and never as
// nothing or all if it is not.
func percent(share float64) string {
	switch p := share * 100; {
	case share <= 0 || share >= 1:
		return strconv.FormatFloat(p, 'f', 0, 64) + " %"
	case p > 99.9:
		return "> 99.9 %"
	case p < 0.001:
		return "< 0.001 %"
	case p >= 10:
		return strconv.FormatFloat(p, 'f', 1, 64) + " %"
	default:
		return strconv.FormatFloat(p, 'g', 2, 64) + " %"
	}
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
