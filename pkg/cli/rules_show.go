package cli

import (
	"errors"
	"io"
	"strings"

	"github.com/carelevel/carelevel/pkg/compare"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/report"
	"github.com/spf13/cobra"
)

// showing is one run of `carelevel rules show`.
type showing struct {
	*globals
	out       output
	evidence  bool
	noMutants bool
	against   string
}

func newRulesShow(g *globals) *cobra.Command {
	s := &showing{globals: g}
	c := &cobra.Command{
		Use:   "show [PACK]",
		Short: "Print what a pack says, as a document to read and to sign",
		Long: `Print all that a pack says, for people to read: what it is for and what it cannot
do, its levels side by side, every criterion in sentences, questions, services,
notes, guarantees, and the sources that each of them stands on, with its version
and hash.

As Markdown or as a page (html) it is a document that those who answer for the
rules can sign: it ends with a block for their names, and has the evidence in it:

  proofs     what is proved over all combinations of answers, see 'rules verify'
  cases      whether the pack's own test cases hold, and what they cover
  changes    how many small changes of the rules the cases notice, see 'rules
             mutate'; this takes some seconds, --no-mutants leaves it out

The page needs nothing else, and prints with version and hash on every page. With
--against, the document also has all changes since another version of the pack.`,
		Example: `  carelevel rules show
  carelevel rules show medicare-iop
  carelevel rules show my-rules/ -o my-rules.html
  carelevel rules show my-rules/ -o my-rules.html --against approved-rules/
  carelevel rules show my-rules/ --format markdown --evidence=false`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: packWords,
		RunE: func(c *cobra.Command, names []string) error {
			return s.run(s.packArgs(names)[0], c.Flags().Changed("evidence"))
		},
	}
	f := c.Flags()
	f.BoolVar(&s.evidence, "evidence", false, "look at proofs, cases and changes, too (default: for markdown and html)")
	f.BoolVar(&s.noMutants, "no-mutants", false, "with evidence: do not try how many changes of the rules the cases notice")
	f.StringVar(&s.against, "against", "", "also say what has changed since the `PACK`, an older version")
	complete(c, "against", builtinNames())
	s.out.addTo(c, "text", "markdown", "html")
	return c
}

func (s *showing) run(name string, chosen bool) error {
	if err := s.out.resolve(); err != nil {
		return err
	}
	document := s.out.format != "text"
	if !chosen {
		s.evidence = document
	}
	p, err := s.sound(name)
	if err != nil {
		return err
	}
	in := report.PackInput{Pack: p, Approval: document}
	if s.against != "" {
		if in.Against, err = s.changes(p); err != nil {
			return err
		}
	}
	if s.evidence {
		look := evidence{globals: s.globals, name: name, mutants: !s.noMutants}
		if in.Evidence, err = look.gather(p); err != nil {
			return err
		}
	}
	return s.out.write(s.globals, func(w io.Writer) error {
		switch s.out.format {
		case "markdown":
			return report.PackMarkdown(w, in)
		case "html":
			return report.PackHTML(w, in)
		}
		return report.PackText(w, in, s.textOptions(&s.out))
	})
}

// sound reads a pack that has no mistakes.
func (s *showing) sound(name string) (*pack.Pack, error) {
	chosen := *s.globals
	chosen.rules = name
	return chosen.usePack()
}

// changes compares the pack with the older version of it.
func (s *showing) changes(p *pack.Pack) (*report.Against, error) {
	old, err := s.sound(s.against)
	if err != nil {
		return nil, err
	}
	diff, err := compare.Packs(old, p, compare.Options{})
	if err != nil && !errors.Is(err, compare.ErrTooLarge) {
		return nil, err
	}
	var text strings.Builder
	if err := compare.Text(&text, compare.Report{Difference: diff, Width: 90}); err != nil {
		return nil, err
	}
	return &report.Against{Old: old, Text: text.String()}, nil
}
