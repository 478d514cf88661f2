package cli

import (
	"io"
	"path/filepath"
	"strings"

	"github.com/carelevel/carelevel/pkg/atlas"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/spf13/cobra"
)

// graphCommand is `rules graph` with its flags.
type graphCommand struct {
	g     *globals
	out   output
	level string
	of    string
}

func newRulesGraph(g *globals) *cobra.Command {
	d := &graphCommand{g: g}
	c := &cobra.Command{
		Use:   "graph [PACK]",
		Short: "Draw a pack: what argues for each level, or how answers lead to one",
		Long: `Draw a pack as a diagram in the language of Graphviz (dot) or of Mermaid, which
many wikis and code hosts draw inside Markdown.

--of criteria, the default, draws the rules as they are written: from questions
over conditions to indications, and from these to their level; with --level,
those of one level. It is what to look at with somebody who knows the work and
not the files. --of decision draws what comes of the rules, exactly: from the
first question on, every arrow names answers and leads to the next question that
still matters, and at last to a level; with --level, to yes or no: whether at
least that level is recommended.`,
		Example: `  carelevel rules graph --level iop | dot -Tsvg > iop.svg
  carelevel rules graph my-rules/ --format mermaid -o rules.mmd
  carelevel rules graph medicare-iop --of decision | dot -Tpdf > decision.pdf`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: packWords,
		RunE:              func(_ *cobra.Command, names []string) error { return d.run(names) },
	}
	d.out.addTo(c, "dot", "mermaid")
	c.Flags().StringVar(&d.of, "of", "criteria", "`WHAT` to draw: criteria or decision")
	c.Flags().StringVar(&d.level, "level", "", "only what is about this `LEVEL`")
	complete(c, "of", []string{"criteria", "decision"})
	completeLevels(g, c)
	return c
}

// graphExtensions maps a file's extension to the language of the drawing.
var graphExtensions = map[string]string{".dot": "dot", ".gv": "dot", ".mmd": "mermaid", ".mermaid": "mermaid"}

func (d *graphCommand) run(names []string) error {
	if d.out.format == "" {
		d.out.format = graphExtensions[strings.ToLower(filepath.Ext(d.out.path))]
	}
	if err := d.out.resolve(); err != nil {
		return err
	}
	if err := oneOf("--of", d.of, []string{"criteria", "decision"}); err != nil {
		return err
	}
	var ids []string
	if d.level != "" {
		ids = []string{d.level}
	}
	p, levels, err := d.g.packAndLevels(names, ids)
	if err != nil {
		return err
	}
	drawing, err := d.draw(p, levels)
	if err != nil {
		return tooLarge(p, err)
	}
	return d.out.write(d.g, func(w io.Writer) error {
		if d.out.format == "mermaid" {
			return atlas.WriteMermaid(w, drawing)
		}
		return atlas.WriteDOT(w, drawing)
	})
}

func (d *graphCommand) draw(p *pack.Pack, levels []*pack.Level) (*atlas.Graph, error) {
	if d.of == "criteria" {
		return atlas.DrawCriteria(p, levels), nil
	}
	var level *pack.Level
	if levels != nil {
		level = levels[0]
	}
	return atlas.DrawDecision(p, level, 0)
}
