package cli

import (
	"fmt"
	"io"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/schema"
	"github.com/spf13/cobra"
)

// schemaCommand is `rules schema` with its flags.
type schemaCommand struct {
	g     *globals
	out   output
	tests bool
}

func newRulesSchema(g *globals) *cobra.Command {
	s := &schemaCommand{g: g}
	c := &cobra.Command{
		Use:   "schema [PACK]",
		Short: "Print the JSON Schema of rules, for editors",
		Long: `Print the JSON Schema (2020-12) of the rule language, with which an editor
completes keys, shows what they mean, and marks what is misspelt. With a PACK, or
--rules, print that of its files: it knows the pack's questions and their answers,
levels, criteria, conditions, services and sources, and what each of them is.

Save it beside the rules, and name it in a comment at the head of each file:

  # yaml-language-server: $schema=schema.json

The path is as seen from that file. Files that end in _test.yaml hold cases
alone: name schema.json#/$defs/cases there, or print a schema of its own with
--tests.

A schema sees one file at a time, as it is written. Whether a pack is sound is
what 'rules check' says. Print the schema anew when a question, an option or
another id has changed; until then the editor does not know it.`,
		Example: `  carelevel rules schema -o rules.schema.json
  carelevel rules schema my-rules/ -o my-rules/schema.json
  carelevel rules schema my-rules/ --tests -o my-rules/schema_test.json
  carelevel rules schema my-rules/ | diff my-rules/schema.json -`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: packWords,
		RunE:              func(_ *cobra.Command, names []string) error { return s.run(names) },
	}
	s.out.addTo(c, "json")
	c.Flags().BoolVar(&s.tests, "tests", false, "the schema of files that end in _test.yaml")
	return c
}

func (s *schemaCommand) run(names []string) error {
	if s.out.format == "" {
		s.out.format = "json" // whatever the file is called
	}
	if err := s.out.resolve(); err != nil {
		return err
	}
	if s.g.rules != "" && len(names) == 0 {
		names = []string{s.g.rules}
	}
	opts := schema.Options{Tests: s.tests}
	if len(names) > 0 {
		p, err := s.g.packWithCases(names[0])
		if err != nil {
			return err
		}
		opts.Pack = p
	}
	return s.out.write(s.g, func(w io.Writer) error { return schema.Write(w, opts) })
}

// packWithCases reads a pack with its profiles and tests. A schema of one with
// mistakes would mark what is right.
func (g *globals) packWithCases(name string) (*pack.Pack, error) {
	src := new(diag.Sources)
	p, ds, err := readPack(name, true, src)
	if err != nil {
		return nil, err
	}
	if diag.HasErrors(ds) {
		printDiagnostics(g.io.err, ds, src)
		return nil, &usageError{fmt.Sprintf("the rules in %s have mistakes, so that their schema is not known", name), "run 'carelevel rules check' on them until it is silent"}
	}
	return p, nil
}
