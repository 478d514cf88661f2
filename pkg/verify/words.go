package verify

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// The sentences. A headline says what was found, and a detail explains it. All
// of it holds texts of the pack: who prints it cleans it.

// Message is what became of a proof, in whole sentences.
func (r *Report) Message(p *Proof) string {
	return strings.TrimSpace(upper(r.headline(p)) + ". " + r.detail(p))
}

// headline says in a line what was found, or what is proved.
func (r *Report) headline(p *Proof) string {
	switch p.Code {
	case "":
		return r.statement(p)
	case NotDecided:
		return "not decided whether " + r.statement(p)
	case OnlyContradictory:
		return r.subjectOf(p) + " only in answers that the pack calls contradictory"
	case LevelUnreachable:
		return p.About.what() + " is recommended to nobody"
	case CriterionDead:
		return p.About.what() + p.About.never()
	case IndicationRedundant:
		return p.About.what() + " decides for nobody"
	case QuestionNoEffect:
		return "nothing depends on " + r.subject(p.About.Question.Slot)
	case AnswerNoEffect:
		return "nothing depends on " + r.line(p)
	case AnswersAlike:
		return "no condition tells some answers on " + r.subject(p.About.Question.Slot) + " apart"
	case RequirementNever:
		return fmt.Sprintf("%s is met by nobody who is recommended %s", p.About.what(), p.About.Level.ID)
	case RequirementAlways:
		return fmt.Sprintf("%s fails for nobody who is recommended %s", p.About.what(), p.About.Level.ID)
	case NotMonotone:
		return fmt.Sprintf("a worse answer on %s leads from %s down to %s", r.subject(p.About.Question.Slot), p.From.ID, p.To.ID)
	case MissingUnsafe:
		return fmt.Sprintf("leaving out items of %s leads from %s down to %s", r.instruments(p), p.From.ID, p.To.ID)
	case GuaranteeBroken:
		return fmt.Sprintf("%s is broken: %s comes where %s %s was due", p.About.what(), p.To.ID, due(p), p.From.ID)
	case StepDownImpossible:
		return "nobody can be ready to leave " + p.About.Level.ID
	case StepDownIndicated:
		return "everything can be ready for leaving " + p.About.Level.ID + " while it is still indicated"
	}
	return string(p.Code)
}

func due(p *Proof) string {
	if p.To.Index < p.From.Index {
		return "at least"
	}
	return "at most"
}

// statement is what is proved where nothing was found.
func (r *Report) statement(p *Proof) string {
	a := p.About
	switch p.Kind {
	case Levels:
		return a.what() + " is recommended for some answers"
	case Criteria:
		return a.what() + " applies to somebody"
	case Indications:
		return a.what() + " decides the level for somebody"
	case Effects:
		switch {
		case p.Values != nil:
			return "something depends on " + r.line(p)
		case p.ID == "effect-"+a.Question.ID:
			return "something depends on " + r.subject(a.Question.Slot)
		}
		return "something depends on the lines that conditions draw between answers on " + r.subject(a.Question.Slot)
	case Requirements:
		if strings.HasPrefix(p.ID, "met-") {
			return fmt.Sprintf("%s is met by somebody who is recommended %s", a.what(), a.Level.ID)
		}
		return fmt.Sprintf("%s fails for somebody who is recommended %s", a.what(), a.Level.ID)
	case Monotone:
		return "a worse answer on " + r.subject(a.Question.Slot) + " never leads to less"
	case MissingIsSafe:
		return "leaving out items of " + r.instruments(p) + " never leads to less"
	case Guarantees:
		return a.what() + " holds for all answers"
	case StepDown:
		if strings.HasPrefix(p.ID, "leave-") {
			return "somebody can be ready to leave " + a.Level.ID
		}
		return "no indication of " + a.Level.ID + " holds where everything is ready for leaving it"
	}
	return a.what() + " can occur"
}

// subjectOf is what is true in contradictory answers alone.
func (r *Report) subjectOf(p *Proof) string {
	a := p.About
	switch {
	case p.Kind == Levels:
		return a.what() + " is recommended"
	case p.Kind == Indications:
		return a.what() + " decides the level"
	case p.Kind == StepDown:
		return a.what() + " can be left"
	case p.Kind == Criteria:
		return a.what() + " applies"
	case strings.HasPrefix(p.ID, "met-"):
		return fmt.Sprintf("%s is met by somebody who is recommended %s", a.what(), a.Level.ID)
	}
	return fmt.Sprintf("%s fails for somebody who is recommended %s", a.what(), a.Level.ID)
}

// what names a part: "indication iop-monitoring".
func (a Part) what() string {
	switch {
	case a.Criterion != nil && a.Criterion.Kind == pack.StepDown:
		return "step-down criterion " + a.Criterion.ID
	case a.Criterion != nil:
		return a.Criterion.Kind.String() + " " + a.Criterion.ID
	case a.Service != nil:
		return "service " + a.Service.ID
	case a.Note != nil:
		return a.Note.Kind.String() + " " + a.Note.ID
	case a.Guarantee != nil:
		return "guarantee " + a.Guarantee.ID
	case a.Question != nil:
		return "question " + a.Question.ID
	}
	return "level " + a.Level.ID
}

// never says that a part does not apply.
func (a Part) never() string {
	switch {
	case a.Service != nil:
		return " is never suggested"
	case a.Note != nil, a.Criterion != nil && a.Criterion.Kind == pack.Support:
		return " is never shown"
	case a.Guarantee != nil:
		return " is about nobody"
	}
	return " never holds"
}

// subject is what a slot's answer is about, inside a sentence.
func (r *Report) subject(slot int) string {
	s := &r.Pack.Slots[slot]
	if s.IsItem() {
		return fmt.Sprintf("%s item %d", s.Question.Noun(), s.Item+1)
	}
	return s.Question.Noun()
}

// instruments names those of which items are left out.
func (r *Report) instruments(p *Proof) string {
	var nouns []string
	for _, q := range p.Instruments {
		nouns = append(nouns, q.Noun())
	}
	return strings.Join(nouns, " and ")
}

// line names the two sides of a line, or an option.
func (r *Report) line(p *Proof) string {
	first := p.Values[0]
	if first.Options != 0 {
		return fmt.Sprintf("whether %s includes %s", r.subject(first.Slot), or(r.labels(first)))
	}
	x, y := first.Values[len(first.Values)-1].To, p.Values[1].Values[0].From
	subject := r.subject(first.Slot)
	if q := p.About.Question; q.Kind == pack.Instrument && first.Slot == q.Slot {
		subject += " total"
	}
	return fmt.Sprintf("whether %s is %s or %s", subject, r.label(first.Slot, x), r.label(first.Slot, y))
}

// label is one answer, in quotes if it is words.
func (r *Report) label(slot int, v pack.Value) string {
	q := r.Pack.Slots[slot].Question
	if q.Kind == pack.Scale || q.Kind == pack.Choice {
		return `"` + q.Options[v].Label + `"`
	}
	return r.Pack.FormatAnswer(slot, v)
}

// labels are all answers that are alike.
func (r *Report) labels(a Alike) []string {
	var out []string
	for _, iv := range a.Values {
		for v := iv.From; v <= iv.To; v++ {
			out = append(out, r.label(a.Slot, v))
		}
	}
	for i, o := range r.Pack.Slots[a.Slot].Question.Options {
		if a.Options>>i&1 == 1 {
			out = append(out, `"`+o.Label+`"`)
		}
	}
	return out
}

// and lists words: "a, b and c".
func and(words []string) string { return join(words, " and ") }

// or lists words: "a, b or c".
func or(words []string) string { return join(words, " or ") }

func join(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	n := len(words) - 1
	return strings.Join(words[:n], ", ") + last + words[n]
}
