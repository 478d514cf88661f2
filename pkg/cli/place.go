package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/record"
	"github.com/spf13/cobra"
)

// place is one run of `carelevel place`.
type place struct {
	*globals
	path string

	level  string
	by     string
	date   string
	reason string
	note   string

	force      bool
	accessible bool

	engine *engine.Engine
	pack   *pack.Pack
	file   *record.File
	sheet  pack.Sheet // what the file will hold
}

func newPlace(g *globals) *cobra.Command {
	p := &place{globals: g}
	c := &cobra.Command{
		Use:   "place FILE",
		Short: "Record which level of care was chosen after an assessment",
		Long: `Record in a file that 'carelevel assess --save' wrote which level of care was
chosen, by whom (a role; no names), and why if it is not what was recommended.

Without flags it asks, at a terminal. The file is replaced in one step, and
everything else in it stays as it was. A placement that is recorded already is
replaced only with --force, or when you confirm it.

Exit code 0 if it is recorded, 2 if it cannot be and the file is as it was, 130
if you left.`,
		Example: `  carelevel place record.yaml
  carelevel place record.yaml --level iop --by psychologist
  carelevel place record.yaml --level outpatient --by team --reason not_available \
    --note "No place before June" --date 2026-04-02
  carelevel assess --answers record.yaml          the report shows both`,
		Args: func(_ *cobra.Command, words []string) error {
			if len(words) != 1 || words[0] == "-" {
				return &usageError{"place takes one argument: the file of an assessment", "write one: carelevel assess --save FILE"}
			}
			return nil
		},
		RunE: func(c *cobra.Command, words []string) error {
			p.path = words[0]
			return p.run(c)
		},
	}
	f := c.Flags()
	f.StringVar(&p.level, "level", "", "the `LEVEL` that was chosen")
	f.StringVar(&p.by, "by", "", "the `ROLE` of who decided, such as psychologist; no names")
	f.StringVar(&p.date, "date", "", "when it was decided, `YYYY-MM-DD` (default today)")
	f.StringVar(&p.reason, "reason", "", "the `REASON` why it is not what was recommended: "+joinOr(pack.ReasonIDs()))
	f.StringVar(&p.note, "note", "", "more about it, a `TEXT`; needed with --reason "+pack.ReasonOther)
	f.BoolVar(&p.force, "force", false, "replace a placement that is recorded already")
	f.BoolVar(&p.accessible, "accessible", false, "ask line by line, also where there is no terminal")
	complete(c, "reason", pack.ReasonIDs())
	completeLevel(c, g, "level")
	return c
}

func (p *place) run(c *cobra.Command) error {
	if err := checkDate(p.date); err != nil {
		return err
	}
	if p.reason != "" {
		if err := oneOf("--reason", p.reason, pack.ReasonIDs()); err != nil {
			return err
		}
	}
	var err error
	if p.engine, p.pack, err = p.useEngine(); err != nil {
		return err
	}
	if p.level != "" {
		if _, err := pickLevels(p.pack, []string{p.level}); err != nil {
			return fmt.Errorf("--level: %w", err)
		}
	}
	if err := p.read(); err != nil {
		return err
	}
	if err := p.ask(c.Context()); err != nil {
		return err
	}
	if problems := p.sheet.PlacementProblems(); len(problems) > 0 {
		return placeError(problems[0])
	}
	return p.write()
}

// read reads the file and refuses what is no finished record.
func (p *place) read() error {
	var err error
	if p.file, err = p.readRecord(p.engine, p.path); err != nil {
		return err
	}
	p.sheet = p.file.Sheet
	anew := fmt.Sprintf("make a record of it: carelevel assess --answers %s --save FILE", p.path)
	switch s := p.sheet; {
	case s.Draft:
		return &usageError{fmt.Sprintf("the assessment in %s is not finished", p.path), "go on with it: carelevel assess --resume " + p.path}
	case json.Valid(p.file.Data):
		return &usageError{p.path + " is JSON, and a record is YAML", anew}
	case s.Pack.ID == "":
		return &usageError{p.path + " holds answers, and does not say to what rules", anew}
	case s.Recommended != nil:
		return nil
	case len(record.PackWarnings(p.pack, s.Pack)) > 0:
		return &usageError{fmt.Sprintf("%s does not say what was recommended, and the rules have changed since", p.path), anew}
	}
	p.sheet.Recommended = record.Recommended(p.engine.Recommend(p.sheet.Answers))
	return nil
}

// placement is what the flags, and what was asked, come to.
func (p *place) placement() *pack.Placement {
	return &pack.Placement{Level: p.level, By: strings.TrimSpace(p.by), Date: first(p.date, today()), Reason: p.reason, Text: strings.TrimSpace(p.note)}
}

// placeFlags are the flags of a placement's fields.
var placeFlags = map[string]string{"level": "--level", "by": "--by", "date": "--date", "reason": "--reason", "text": "--note"}

func placeError(e *pack.PlacementError) error {
	return &usageError{placeFlags[e.Field] + ": " + e.Message, e.Hint}
}

// write replaces the file, unless somebody else has written it in the
// meantime, and says what it holds.
func (p *place) write() error {
	data, err := record.Load(p.path)
	if err != nil {
		return fmt.Errorf("recording the placement: %w", err)
	}
	if !bytes.Equal(data, p.file.Data) {
		return &usageError{p.path + " was changed by somebody else meanwhile, and is left as it is", "look at it and record the placement again"}
	}
	text, asItWas := record.Edit(p.pack, data, p.sheet)
	if err := record.WriteAtomic(p.path, text, record.Private); err != nil {
		return fmt.Errorf("recording the placement: %w", err)
	}
	if !asItWas {
		p.warn(p.path, "written anew in the usual form; comments that stood in it are gone")
	}
	if old := p.file.Sheet.Placement; old != nil {
		p.warn(p.path, "replaced: "+p.placedWords(old))
	}
	if _, err = fmt.Fprintf(p.io.out, "%s: %s\n", diag.Clean(p.path), p.placedWords(p.sheet.Placement)); err != nil {
		return fmt.Errorf("the placement is recorded, and could not be printed: %w", err)
	}
	return nil
}

// placedWords say a placement beside what was recommended, on one line.
func (p *place) placedWords(at *pack.Placement) string {
	words := fmt.Sprintf("%s, by %s, %s; recommended: %s", p.levelName(at.Level), at.By, at.Date, p.recommendedWords())
	if at.Reason != "" {
		words += "; reason: " + reasonLabel(at.Reason)
	}
	if at.Text != "" {
		words += "; note: " + at.Text
	}
	return diag.Clean(strings.Join(strings.Fields(words), " "))
}

func (p *place) recommendedWords() string {
	var names []string
	for _, id := range p.sheet.Recommended.Levels {
		names = append(names, p.levelName(id))
	}
	if len(names) > 1 {
		return "undetermined (" + joinOr(names) + ")"
	}
	return strings.Join(names, "")
}

// levelName is what people call the level with this id.
func (p *place) levelName(id string) string {
	if l := p.pack.Level(id); l != nil {
		return first(l.Short, l.Title, l.ID)
	}
	return id
}

func reasonLabel(id string) string {
	for _, o := range pack.PlacementReasons() {
		if o.ID == id {
			return o.Label
		}
	}
	return id
}
