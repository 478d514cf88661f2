package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/form"
	"github.com/carelevel/carelevel/pkg/pack"
)

// ask completes the placement: with what the flags leave open, if there is
// somebody to ask. Nothing is chosen for anybody, and leaving or the end of
// input leaves the file as it is.
func (p *place) ask(ctx context.Context) error {
	replaces := p.file.Sheet.Placement != nil && !p.force
	p.sheet.Placement = p.placement()
	if !replaces && p.level != "" && p.by != "" && !p.lacksReason() {
		return nil
	}
	if !p.accessible && (!isTerminal(p.io.in) || !isTerminal(p.io.err)) {
		return p.nobodyToAsk(replaces)
	}
	interrupt := make(chan os.Signal, 1)
	signal.Notify(interrupt, os.Interrupt)
	defer signal.Stop(interrupt)
	err := p.dialog(ctx, form.NewPlain(form.PlainOptions{In: p.io.in, Out: p.io.err, Interrupt: interrupt}), replaces)
	switch {
	case errors.Is(err, form.ErrLeft), errors.Is(err, context.Canceled):
		fmt.Fprintf(p.io.err, "carelevel: nothing was recorded; %s is as it was\n", diag.Clean(p.path))
		return quiet(exitInterrupted)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &usageError{fmt.Sprintf("the input ended before the placement was complete; %s is as it was", p.path), "give it with --level, --by and --reason"}
	}
	return err
}

func (p *place) lacksReason() bool {
	at := p.sheet.Placement
	return at.Reason == "" && p.sheet.Recommended.NeedsReason(at.Level)
}

// nobodyToAsk says what is missing. That a reason is, is said with the other
// mistakes of a placement.
func (p *place) nobodyToAsk(replaces bool) error {
	var missing []string
	for _, f := range []struct{ value, name string }{{p.level, "--level"}, {p.by, "--by"}} {
		if f.value == "" {
			missing = append(missing, f.name)
		}
	}
	switch {
	case replaces:
		return &usageError{fmt.Sprintf("%s has a placement already: %s", p.path, p.placedWords(p.file.Sheet.Placement)), "--force replaces it; a later decision belongs to a later assessment"}
	case len(missing) > 0:
		return &usageError{"there is no terminal to ask at, and no " + joinWords(missing), "example: carelevel place " + p.path + " --level iop --by psychologist"}
	}
	return nil
}

// dialog asks for what is missing, one thing after the other.
func (p *place) dialog(ctx context.Context, ask *form.Plain, replaces bool) error {
	ask.Say(p.aboutWords())
	ask.Say("Answer with a number or a text and Enter; q leaves, and nothing is recorded.")
	if replaces {
		n, err := ask.Choose(ctx, "A placement is recorded already: "+p.placedWords(p.file.Sheet.Placement)+". Replace it?", []string{"Replace it", "Leave it as it is"})
		if err != nil {
			return err
		}
		if n == 1 {
			return form.ErrLeft
		}
	}
	for _, step := range []func(context.Context, *form.Plain) error{p.askLevel, p.askRole, p.askReason} {
		if err := step(ctx, ask); err != nil {
			return err
		}
	}
	return nil
}

// aboutWords say which assessment it is about.
func (p *place) aboutWords() string {
	words := "Assessment"
	if p.sheet.ID != "" {
		words += " " + p.sheet.ID
	}
	if p.sheet.Date != "" {
		words += " of " + p.sheet.Date
	}
	return words + "; recommended: " + p.recommendedWords() + "."
}

func (p *place) askLevel(ctx context.Context, ask *form.Plain) error {
	if p.level != "" {
		return nil
	}
	var choices []string
	for _, l := range p.pack.Levels {
		name := first(l.Title, l.Short, l.ID)
		if short := first(l.Short, l.Title); !strings.Contains(strings.ToLower(name), strings.ToLower(short)) {
			name += " (" + short + ")"
		}
		if l.ID == p.sheet.Recommended.Level() {
			name += ", as recommended"
		}
		choices = append(choices, name)
	}
	n, err := ask.Choose(ctx, "Which level was chosen?", choices)
	if err != nil {
		return err
	}
	p.sheet.Placement.Level = p.pack.Levels[n].ID
	return nil
}

func (p *place) askRole(ctx context.Context, ask *form.Plain) error {
	if p.by != "" {
		return nil
	}
	by, err := ask.Line(ctx, "Who decided? A role, such as psychologist; no names.", func(text string) string {
		p.sheet.Placement.By = text
		return p.problem("by")
	})
	p.sheet.Placement.By = by
	return err
}

// askReason asks why the level is not what was recommended, and for a few
// words on it.
func (p *place) askReason(ctx context.Context, ask *form.Plain) error {
	at := p.sheet.Placement
	if !p.lacksReason() {
		return nil
	}
	var choices []string
	for _, o := range pack.PlacementReasons() {
		choices = append(choices, o.Label+" ("+strings.ToLower(o.Help[:1])+o.Help[1:]+")")
	}
	n, err := ask.Choose(ctx, fmt.Sprintf("Why %s? Recommended: %s.", p.levelName(at.Level), p.recommendedWords()), choices)
	if err != nil {
		return err
	}
	at.Reason = pack.PlacementReasons()[n].ID
	if p.note != "" {
		return nil
	}
	question := "Anything to add? An empty line adds nothing."
	if at.Reason == pack.ReasonOther {
		question = "Which reason?"
	}
	at.Text, err = ask.Line(ctx, question, func(text string) string {
		at.Text = text
		return p.problem("text")
	})
	return err
}

// problem is what is wrong with one field of the placement so far.
func (p *place) problem(field string) string {
	for _, e := range p.sheet.PlacementProblems() {
		if e.Field == field {
			return first(e.Hint, e.Message)
		}
	}
	return ""
}
