package report

import (
	"io"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/pack"
)

func rendered(t testing.TB, render func(io.Writer) error) string {
	t.Helper()
	var b strings.Builder
	if err := render(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func text(t testing.TB, in Input, opts TextOptions) string {
	return rendered(t, func(w io.Writer) error { return Text(w, in, opts) })
}

func TestReports(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			in := input(t, clinic(t), c.name, c.answers)
			golden(t, c.name+".txt", text(t, in, TextOptions{}))
			golden(t, c.name+".md", rendered(t, func(w io.Writer) error { return Markdown(w, in) }))
			golden(t, c.name+".json", rendered(t, func(w io.Writer) error { return JSON(w, in) }))
			golden(t, c.name+".html", withoutStyle(rendered(t, func(w io.Writer) error { return HTML(w, in) })))
		})
	}
}

// withoutStyle leaves the style sheet out, which would stand in every file.
func withoutStyle(page string) string { return strings.Replace(page, pageStyle, "", 1) }

func TestTextLayouts(t *testing.T) {
	for _, name := range []string{"iop", "undetermined", "crisis"} {
		in := inputOf(t, name)
		golden(t, name+".40.txt", text(t, in, TextOptions{Width: 40}))
		golden(t, name+".120.txt", text(t, in, TextOptions{Width: 120}))
		golden(t, name+".color.txt", text(t, in, TextOptions{Color: true}))
	}
}

func TestLevels(t *testing.T) {
	p := clinic(t)
	two := []*pack.Level{p.Level("outpatient"), p.Level("iop")}
	one := two[1:]
	for _, c := range []struct {
		name   string
		levels []*pack.Level
		opts   TextOptions
	}{
		{"levels-two.txt", two, TextOptions{}},
		{"levels-two.40.txt", two, TextOptions{Width: 40}},
		{"levels-two.color.txt", two, TextOptions{Color: true}},
		{"levels-one.txt", one, TextOptions{}},
		{"levels-all.120.txt", p.Levels, TextOptions{Width: 120}},
	} {
		golden(t, c.name, rendered(t, func(w io.Writer) error { return LevelsText(w, p, c.levels, c.opts) }))
	}
	golden(t, "levels-two.md", rendered(t, func(w io.Writer) error { return LevelsMarkdown(w, p, two) }))
	golden(t, "levels-two.json", rendered(t, func(w io.Writer) error { return LevelsJSON(w, p, two) }))
}

func TestPackViews(t *testing.T) {
	p := clinic(t)
	golden(t, "pack.txt", rendered(t, func(w io.Writer) error { return PackText(w, PackInput{Pack: p}, TextOptions{}) }))
	golden(t, "pack.40.txt", rendered(t, func(w io.Writer) error { return PackText(w, PackInput{Pack: p}, TextOptions{Width: 40}) }))
	other := *p
	other.ID, other.Title, other.Hash = "a-longer-name", "Coverage", "sha256:"+strings.Repeat("ab", 32)
	packs := []*pack.Pack{p, &other}
	for name, width := range map[string]int{"packs.txt": 120, "packs.80.txt": 80} {
		golden(t, name, rendered(t, func(w io.Writer) error { return PackList(w, packs, TextOptions{Width: width}) }))
	}
	golden(t, "packs.json", rendered(t, func(w io.Writer) error { return PackListJSON(w, packs) }))
}
