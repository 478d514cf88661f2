package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/report"
	"github.com/spf13/cobra"
)

func newRules(g *globals) *cobra.Command {
	c := &cobra.Command{
		Use:   "rules",
		Short: "Read, check and test rule packs",
		Long: `For rule authors: what packs there are, what one says, whether it is sound, and
whether its own test cases hold. A pack is a built-in name, a folder or a file.`,
		Example: `  carelevel rules list
  carelevel rules show mental-health
  carelevel rules check my-rules/
  carelevel rules test my-rules/ --run iop`,
		Args: noSuchCommand,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newRulesList(g), newRulesShow(g), newRulesCheck(g), newRulesFmt(g), newRulesInit(g), newRulesTest(g), newRulesVerify(g), newRulesDiff(g), newRulesMap(g), newRulesGraph(g), newRulesSample(g), newRulesMutate(g), newRulesSchema(g))
	return c
}

// packWords completes the names of built-in packs and leaves paths to the shell.
func packWords(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return builtinNames(), cobra.ShellCompDirectiveDefault
}

// packArgs are the packs named on the line, else the one that --rules names.
func (g *globals) packArgs(names []string) []string {
	if len(names) > 0 {
		return names
	}
	return []string{g.packName()}
}

func newRulesList(g *globals) *cobra.Command {
	var out output
	c := &cobra.Command{
		Use:   "list",
		Short: "List the packs that the program carries",
		Example: `  carelevel rules list
  carelevel rules list --format json`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := out.resolve(); err != nil {
				return err
			}
			packs, err := builtinPacks()
			if err != nil {
				return err
			}
			return out.write(g, func(w io.Writer) error {
				if out.format == "json" {
					return report.PackListJSON(w, packs)
				}
				return report.PackList(w, packs, g.textOptions(&out))
			})
		},
	}
	out.addTo(c, "text", "json")
	return c
}

func builtinPacks() ([]*pack.Pack, error) {
	var packs []*pack.Pack
	for _, name := range builtinNames() {
		p, ds, err := readPack(name, true, nil)
		if err != nil {
			return nil, err
		}
		if diag.HasErrors(ds) {
			return nil, fmt.Errorf("the built-in rules %s have mistakes", name)
		}
		packs = append(packs, p)
	}
	return packs, nil
}

// joinWords lists words for a sentence: "a, b and c".
func joinWords(words []string) string { return join(words, " and ") }

// joinOr lists words to choose from: "a, b or c".
func joinOr(words []string) string { return join(words, " or ") }

func join(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	n := len(words) - 1
	return strings.Join(words[:n], ", ") + last + words[n]
}
