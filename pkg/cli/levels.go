package cli

import (
	"io"
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/report"
	"github.com/spf13/cobra"
)

func newLevels(g *globals) *cobra.Command {
	var out output
	c := &cobra.Command{
		Use:   "levels [LEVEL…]",
		Short: "Show what the levels of care are, side by side",
		Long: `Show what the levels of care are, side by side: whom each is for, how many hours
and days it takes, what it consists of and aims at, what argues for it, and what
it requires. Without arguments, all levels of the rules; with some, these.`,
		Example: `  carelevel levels outpatient iop
  carelevel levels --format markdown
  carelevel levels --rules medicare-iop`,
		ValidArgsFunction: func(_ *cobra.Command, chosen []string, _ string) ([]string, cobra.ShellCompDirective) {
			return g.levelWords(chosen), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, ids []string) error {
			if err := out.resolve(); err != nil {
				return err
			}
			p, err := g.usePack()
			if err != nil {
				return err
			}
			levels, err := pickLevels(p, ids)
			if err != nil {
				return err
			}
			return out.write(g, func(w io.Writer) error { return g.writeLevels(w, p, levels, &out) })
		},
	}
	out.addTo(c, "text", "markdown", "json")
	return c
}

// levelWords completes the ids of levels that are not on the line yet.
func (g *globals) levelWords(chosen []string) []string {
	p, err := g.usePack()
	if err != nil {
		return nil
	}
	var words []string
	for _, l := range p.Levels {
		if !slices.Contains(chosen, l.ID) {
			words = append(words, l.ID+"\t"+l.Title)
		}
	}
	return words
}

// pickLevels returns the levels with these ids in the pack's order, or all.
func pickLevels(p *pack.Pack, ids []string) ([]*pack.Level, error) {
	if len(ids) == 0 {
		return p.Levels, nil
	}
	var names []string
	for _, l := range p.Levels {
		names = append(names, l.ID)
	}
	for _, id := range ids {
		if !slices.Contains(names, id) {
			return nil, unknownWord("level", id, names, "the rules "+p.ID+" have "+joinWords(names))
		}
	}
	var picked []*pack.Level
	for _, l := range p.Levels {
		if slices.Contains(ids, l.ID) {
			picked = append(picked, l)
		}
	}
	return picked, nil
}

func (g *globals) writeLevels(w io.Writer, p *pack.Pack, levels []*pack.Level, out *output) error {
	switch out.format {
	case "markdown":
		return report.LevelsMarkdown(w, p, levels)
	case "json":
		return report.LevelsJSON(w, p, levels)
	}
	return report.LevelsText(w, p, levels, g.textOptions(out))
}

// textOptions lays text out for where it goes: the terminal, or a file.
func (g *globals) textOptions(out *output) report.TextOptions {
	if out.path != "" && out.path != "-" {
		return report.TextOptions{Width: pipedWidth}
	}
	return report.TextOptions{Width: g.io.width(), Color: g.colors(g.io.out)}
}
