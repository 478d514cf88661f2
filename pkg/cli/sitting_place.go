package cli

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/record"
	"github.com/spf13/cobra"
)

// placed is the placement that goes into a record as it is made, by programs
// that know both at once. People are asked afterwards, by `carelevel place`,
// when they have seen what is recommended.
type placed struct{ level, by, reason, text string }

func (p *placed) addTo(c *cobra.Command, g *globals) {
	f := c.Flags()
	f.StringVar(&p.level, "placed", "", "with --save and without an interview: the `LEVEL` that was chosen (else: carelevel place)")
	f.StringVar(&p.by, "placed-by", "", "the `ROLE` of who decided, such as psychologist; no names")
	f.StringVar(&p.reason, "placed-reason", "", "the `REASON` why it is not what is recommended: "+joinOr(pack.ReasonIDs()))
	f.StringVar(&p.text, "placed-note", "", "more about it, a `TEXT`; needed with --placed-reason "+pack.ReasonOther)
	complete(c, "placed-reason", pack.ReasonIDs())
	completeLevel(c, g, "placed")
}

// placedFlags are the flags of a placement's fields.
var placedFlags = map[string]string{"level": "--placed", "by": "--placed-by", "date": "--date", "reason": "--placed-reason", "text": "--placed-note"}

func (p *placed) check(a *sitting) error {
	if p.level == "" {
		for _, f := range []struct{ name, value string }{{"--placed-by", p.by}, {"--placed-reason", p.reason}, {"--placed-note", p.text}} {
			if f.value != "" {
				return &usageError{f.name + " is about a placement, and there is none", "say which level was chosen: --placed LEVEL"}
			}
		}
		return nil
	}
	switch {
	case !a.withoutInterview():
		return &usageError{"--placed goes with --answers or --set", "after an interview: carelevel place FILE"}
	case a.save == "":
		return &usageError{"--placed is kept in the record, and no record is made", "say where: --save FILE"}
	case p.reason != "":
		return oneOf("--placed-reason", p.reason, pack.ReasonIDs())
	}
	return nil
}

// place puts the placement into a new record, before anything is written.
func (p *placed) place(a *sitting, sheet *pack.Sheet, r *engine.Recommendation) error {
	if p.level == "" {
		return nil
	}
	if _, err := pickLevels(a.pack, []string{p.level}); err != nil {
		return fmt.Errorf("--placed: %w", err)
	}
	sheet.Recommended = record.Recommended(r)
	sheet.Placement = &pack.Placement{Level: p.level, By: strings.TrimSpace(p.by), Date: sheet.Date, Reason: p.reason, Text: strings.TrimSpace(p.text)}
	if problems := sheet.PlacementProblems(); len(problems) > 0 {
		return &usageError{placedFlags[problems[0].Field] + ": " + problems[0].Message, problems[0].Hint}
	}
	return nil
}
