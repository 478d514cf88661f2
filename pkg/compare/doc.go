package compare

import (
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

// doc is a report before it is text or Markdown. Its texts are clean: nothing
// from a pack is left in them that could drive a terminal. Ids stand between
// two marks, which no clean text holds.
type doc struct {
	title  string
	blocks []block
}

const (
	idFrom = "\x01"
	idTo   = "\x02"
)

// id marks a name that is typed as it stands.
func id(s string) string { return idFrom + diag.Clean(s) + idTo }

// clean makes a text of a pack fit for one line.
func clean(s string) string {
	return diag.Clean(strings.Join(strings.Fields(s), " "))
}

// block is a heading, a paragraph, a table or a list.
type block struct {
	heading string
	text    string
	strong  bool // the text is what it is all about
	table   *table
	items   []item
}

// table has words in its first columns and numbers in the others.
type table struct {
	words int
	head  []string
	rows  [][]string
}

// item is one entry of a list, with lines below it.
type item struct {
	text string
	then []string
}

func (d *doc) head(text string) { d.blocks = append(d.blocks, block{heading: text}) }
func (d *doc) say(text string)  { d.blocks = append(d.blocks, block{text: text}) }
func (d *doc) lead(text string) { d.blocks = append(d.blocks, block{text: text, strong: true}) }

func (d *doc) put(t *table) {
	if len(t.rows) > 0 {
		d.blocks = append(d.blocks, block{table: t})
	}
}

// list puts a list below a heading, and nothing where there are no items.
func (d *doc) list(heading string, items []item) {
	if len(items) == 0 {
		return
	}
	if heading != "" {
		d.head(heading)
	}
	d.blocks = append(d.blocks, block{items: items})
}
