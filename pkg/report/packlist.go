package report

import (
	"io"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// PackListSchema names the form of the JSON of a list of packs.
const PackListSchema = "carelevel.packs/1"

// PackList writes a line for each pack; where the lines would not fit, two.
func PackList(w io.Writer, packs []*pack.Pack, opts TextOptions) error {
	t := newTexter(opts)
	rows := [][]string{}
	for _, p := range packs {
		rows = append(rows, []string{clean(p.ID), clean(p.Version), shortHash(p.Hash), clean(p.Title), packCounts(p)})
	}
	widths := make([]int, 5)
	for _, r := range rows {
		for i, c := range r {
			widths[i] = max(widths[i], width(c))
		}
	}
	total := 2 * (len(widths) - 1)
	for _, n := range widths {
		total += n
	}
	for _, r := range rows {
		if total > t.width {
			t.packTwoLines(r)
			continue
		}
		t.packLine(r, widths)
	}
	return t.flush(w)
}

func (t *texter) packLine(r []string, widths []int) {
	var l []run
	for i, c := range r {
		style := plain
		switch i {
		case 0:
			style = bold
		case 2, 4:
			style = faint
		}
		l = append(l, run{c, style}, run{strings.Repeat(" ", widths[i]-width(c)+2), plain})
	}
	t.write(l)
}

func (t *texter) packTwoLines(r []string) {
	t.put("", indent, run{r[0], bold}, run{" " + r[1], plain}, run{" " + r[2], faint})
	t.put(indent, indent, run{r[3], plain})
	t.put(indent, indent, run{r[4], faint})
}

func packCounts(p *pack.Pack) string {
	criteria := 0
	for range p.Criteria() {
		criteria++
	}
	out := []string{count(len(p.Levels), "level"), count(len(p.Questions), "question"), countCriteria(criteria)}
	if len(p.Tests) > 0 {
		out = append(out, count(len(p.Tests), "test"))
	}
	return strings.Join(out, ", ")
}

func countCriteria(n int) string {
	if n == 1 {
		return "1 criterion"
	}
	return strings.TrimSuffix(count(n, "criteria"), "s")
}

// PackListJSON writes the list for programs.
func PackListJSON(w io.Writer, packs []*pack.Pack) error {
	out := packsResult{Schema: PackListSchema, Packs: []listedPack{}}
	for _, p := range packs {
		criteria := 0
		for range p.Criteria() {
			criteria++
		}
		out.Packs = append(out.Packs, listedPack{p.ID, p.Version, p.Hash, p.Title, p.Description,
			levelIDs(p.Levels), len(p.Questions), criteria, len(p.Guarantees), len(p.Tests), len(p.Sources)})
	}
	return writeJSON(w, out, "  ")
}

type packsResult struct {
	Schema string       `json:"schema"`
	Packs  []listedPack `json:"packs"`
}

type listedPack struct {
	ID          string   `json:"id"`
	Version     string   `json:"version"`
	Hash        string   `json:"hash"`
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Levels      []string `json:"levels"`
	Questions   int      `json:"questions"`
	Criteria    int      `json:"criteria"`
	Guarantees  int      `json:"guarantees"`
	Tests       int      `json:"tests"`
	Sources     int      `json:"sources"`
}
