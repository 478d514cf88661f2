package cli

import (
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/spf13/cobra"
)

// completeSet offers the questions of the pack for --set, and behind the equals
// sign the answers that a question takes.
func completeSet(c *cobra.Command, g *globals) {
	err := c.RegisterFlagCompletionFunc("set", func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		p, err := g.usePack()
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		id, _, answering := strings.Cut(typed, "=")
		if q := p.Question(id); answering && q != nil {
			return answerWords(q), cobra.ShellCompDirectiveNoFileComp
		}
		return questionWords(p), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	})
	if err != nil {
		panic(err)
	}
}

// completeLevel offers the levels of the pack.
func completeLevel(c *cobra.Command, g *globals, flag string) {
	err := c.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return g.levelWords(nil), cobra.ShellCompDirectiveNoFileComp
	})
	if err != nil {
		panic(err)
	}
}

func questionWords(p *pack.Pack) []string {
	var words []string
	for _, q := range p.Questions {
		words = append(words, q.ID+"=\t"+q.Ask)
	}
	return words
}

func answerWords(q *pack.Question) []string {
	words := []string{q.ID + "=not_assessed\tNot assessed"}
	if q.Kind == pack.YesNo {
		words = append(words, q.ID+"=yes", q.ID+"=no")
	}
	if q.Kind == pack.Multi {
		words = append(words, q.ID+"=none\tNone of these")
	}
	for _, o := range q.Options {
		words = append(words, q.ID+"="+o.ID+"\t"+o.Label)
	}
	return words
}
