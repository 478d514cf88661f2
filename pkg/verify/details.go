package verify

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// detail explains what was found, and says what could be done; empty if the
// headline says it all.
func (r *Report) detail(p *Proof) string {
	text := r.because(p)
	if p.Only != nil {
		text = strings.TrimSpace(text + " " + r.onlyDetail(p))
	}
	return text
}

// onlyDetail names the contradictions without which it would not be so.
func (r *Report) onlyDetail(p *Proof) string {
	var ids []string
	for _, n := range p.Only {
		ids = append(ids, n.ID)
	}
	if p.Code == OnlyContradictory {
		return fmt.Sprintf("They are those of %s. Exclude them, and nobody is left of whom it is true.", and(ids))
	}
	return fmt.Sprintf("This happens only in answers that the pack calls contradictory (%s): the pack could exclude them.", and(ids))
}

func (r *Report) because(p *Proof) string {
	switch p.Code {
	case LevelUnreachable:
		return r.unreachable(p)
	case CriterionDead:
		return r.dead(p)
	case IndicationRedundant:
		return "Wherever it holds, " + does(p.By, "holds, too") + ". Without it the level is the same for everybody."
	case QuestionNoEffect:
		return "No criterion, service or note changes with the answer, and neither does the level."
	case AnswerNoEffect:
		if p.Values[0].Options != 0 {
			return "A condition names it, and nothing that the pack says depends on it."
		}
		return "A condition tells them apart, and nothing that the pack says depends on it."
	case AnswersAlike:
		return r.alikeDetail(p)
	case RequirementNever:
		return r.never(p)
	case RequirementAlways:
		if len(p.By) == 0 {
			return fmt.Sprintf("It holds wherever an indication of %s does.", p.About.Level.ID)
		}
		return "Where it fails, " + argues(p.By) + "."
	case MissingUnsafe:
		return r.filled(p)
	case GuaranteeBroken:
		return fmt.Sprintf("It is about everybody of whom this is true: %s.", r.Pack.Describe(p.About.Guarantee.Whenever))
	case StepDownImpossible:
		return r.stuck(p)
	case StepDownIndicated:
		return fmt.Sprintf("All of its step-down criteria can hold together with %s. Nobody is sent to less than what is indicated, so that this is safe, "+
			"but the list of what has to be so before leaving does not say all of it.", or(idsOf(p.By)))
	case NotDecided:
		return upper(p.Why) + "."
	}
	return ""
}

func (r *Report) unreachable(p *Proof) string {
	switch l := p.About.Level; {
	case l.Index == 0:
		return "Whatever the answers are, " + argues(p.By) + "."
	case len(l.Indications) == 0:
		return "It has no indications."
	case len(p.By) == 0:
		return "None of its indications ever holds."
	}
	return "Wherever one of its indications holds, " + argues(p.By) + "."
}

func (r *Report) dead(p *Proof) string {
	a := p.About
	if p.Count.Sign() > 0 && a.Service != nil {
		return "It is called for only where a level is recommended that does not offer it."
	}
	if p.Count.Sign() > 0 && a.Criterion != nil {
		return fmt.Sprintf("It holds only where another level than %s is recommended.", a.Level.ID)
	}
	return fmt.Sprintf("Its condition cannot be true: %s.", r.Pack.Describe(a.condition()))
}

// condition is what a part asks for.
func (a Part) condition() pack.Condition {
	switch {
	case a.Criterion != nil:
		return a.Criterion.When
	case a.Service != nil:
		return a.Service.When
	case a.Note != nil:
		return a.Note.When
	}
	return a.Guarantee.Whenever
}

func (r *Report) alikeDetail(p *Proof) string {
	if p.Values[0].Options != 0 {
		return fmt.Sprintf("None names %s.", or(r.labels(p.Values[0])))
	}
	var groups []string
	for _, v := range p.Values {
		groups = append(groups, and(r.labels(v))+" mean the same")
	}
	return strings.Join(groups, "; ") + "."
}

func (r *Report) never(p *Proof) string {
	l := p.About.Level
	switch {
	case len(p.By) == 0:
		return fmt.Sprintf("It fails wherever an indication of %s holds.", l.ID)
	case l.Index == 0:
		return "Wherever it is met, " + argues(p.By) + "."
	}
	return fmt.Sprintf("Wherever it is met and an indication of %s holds, %s.", l.ID, argues(p.By))
}

// filled says what the totals are with the items and without them.
func (r *Report) filled(p *Proof) string {
	var of []string
	for _, q := range p.Instruments {
		with, _, _ := q.Total(p.Witness[0].Answers)
		without, n, _ := q.Total(p.Witness[1].Answers)
		items := "an item"
		if n > 1 {
			items = fmt.Sprintf("%d items", n)
		}
		of = append(of, fmt.Sprintf("the total of %s is %d with all items, and filled in as %d without %s", q.Noun(), with, without, items))
	}
	return upper(and(of)) + ". A missing answer must not count as a good one: take fill away, or let a rating decide rather than the total."
}

func (r *Report) stuck(p *Proof) string {
	if len(p.By) == 0 {
		return "Its step-down criteria cannot all hold."
	}
	return "Wherever all of its step-down criteria hold, " + argues(p.By) + "."
}

// argues says that criteria argue for more, or against leaving.
func argues(by []*pack.Criterion) string {
	return does(by, "argues for more")
}

// does joins one criterion, or some of which one does it, to a verb.
func does(by []*pack.Criterion, verb string) string {
	if len(by) == 1 {
		return by[0].ID + " " + verb
	}
	return "one of " + and(idsOf(by)) + " " + verb
}

func idsOf(by []*pack.Criterion) []string {
	var out []string
	for _, c := range by {
		out = append(out, c.ID)
	}
	return out
}

// upper begins a sentence.
func upper(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
