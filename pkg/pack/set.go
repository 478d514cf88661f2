package pack

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

// AnswerError is an answer that cannot be taken as it is. Nothing is guessed:
// the answers stay as they were.
type AnswerError struct {
	Question string // the id of the question or item as it was written; may be empty
	Value    string // as it was written
	Problem  string // what is wrong: "is not one of its answers"
	Expected string // what would have been right; may be empty
	Near     string // what was perhaps meant; may be empty
}

// Error says all of it in one line: lower case, no full stop.
func (e *AnswerError) Error() string {
	var b strings.Builder
	if e.Question != "" {
		b.WriteString(e.Question + ": ")
	}
	if e.Value != "" {
		fmt.Fprintf(&b, "%q ", e.Value)
	}
	b.WriteString(e.Problem)
	if e.Expected != "" {
		b.WriteString("; expected " + e.Expected)
	}
	if e.Near != "" {
		fmt.Fprintf(&b, "; did you mean %q?", e.Near)
	}
	return b.String()
}

// Set lays one assignment of the form question=value over the answers. It
// reads values as ParseAnswer does; an instrument's are its total, or the
// grades of all its items separated by commas, a missing one left empty
// ("2,1,,3"). Nothing after the = takes an answer away, an instrument's with
// those to its items.
//
// A total that is set stands beside the items that are there already; that
// they agree is for CheckAnswers to say once everything is set. The error is an
// *AnswerError.
func (p *Pack) Set(a Answers, assignment string) error {
	id, text, ok := strings.Cut(assignment, "=")
	id, text = strings.TrimSpace(id), strings.TrimSpace(text)
	if !ok || id == "" {
		return &AnswerError{Value: assignment, Problem: "is no answer", Expected: "question=value"}
	}
	slot, ok := p.SlotByID(id)
	if !ok {
		return p.unknownQuestion(id)
	}
	q := p.Slots[slot].Question
	if q.Kind == Instrument && !p.Slots[slot].IsItem() && len(q.Items) > 0 {
		return p.setInstrument(a, q, text)
	}
	v, err := p.ParseAnswer(slot, text)
	if err != nil {
		return err
	}
	a[slot] = v
	return nil
}

func (p *Pack) unknownQuestion(id string) error {
	ids := make([]string, len(p.Slots))
	for i, s := range p.Slots {
		ids[i] = s.ID
	}
	return &AnswerError{Question: id, Problem: "there is no such question", Near: diag.Near(id, ids)}
}

// setInstrument sets a total, all items, or takes away both.
func (p *Pack) setInstrument(a Answers, q *Question, text string) error {
	if !strings.ContainsAny(text, ",;") {
		v, err := p.ParseAnswer(q.Slot, text)
		if err != nil {
			return err
		}
		a[q.Slot] = v
		if !v.Known() {
			for _, it := range q.Items {
				a[it.Slot] = Missing
			}
		}
		return nil
	}
	grades := strings.Split(strings.ReplaceAll(text, ";", ","), ",")
	if len(grades) != len(q.Items) {
		return &AnswerError{Question: q.ID, Value: text, Problem: fmt.Sprintf("has %d items", len(grades)),
			Expected: fmt.Sprintf("%d, or the total", len(q.Items))}
	}
	values := make([]Value, len(grades))
	for i, grade := range grades {
		v, err := p.ParseAnswer(q.Items[i].Slot, grade)
		if err != nil {
			return err
		}
		values[i] = v
	}
	for i, it := range q.Items {
		a[it.Slot] = values[i]
	}
	return nil
}

// CheckAnswers reports answers that cannot all be right: a value that its
// question does not have, and totals that their items cannot add up to. The
// error joins one *AnswerError for each.
func (p *Pack) CheckAnswers(a Answers) error {
	if len(a) != len(p.Slots) {
		return fmt.Errorf("answers to %d questions and items, but the rules %s have %d", len(a), p.ID, len(p.Slots))
	}
	var errs []error
	for i, v := range a {
		if v.Known() && !p.inDomain(i, v) {
			errs = append(errs, &AnswerError{Question: p.Slots[i].ID, Value: strconv.FormatInt(int64(v), 10), Problem: "is out of range"})
		}
	}
	for _, q := range p.Questions {
		if problem := q.totalProblem(a); problem != "" {
			errs = append(errs, &AnswerError{Question: q.ID, Value: p.FormatAnswer(q.Slot, a[q.Slot]), Problem: problem})
		}
	}
	if len(errs) == 0 {
		return nil
	}
	return answerErrors(errs)
}

// answerErrors are several problems in one line.
type answerErrors []error

func (es answerErrors) Error() string {
	texts := make([]string, len(es))
	for i, e := range es {
		texts[i] = e.Error()
	}
	return strings.Join(texts, "; ")
}

func (es answerErrors) Unwrap() []error { return es }

// totalProblem says why the total that was given cannot be right, beside the
// items that were given; empty if it can.
func (q *Question) totalProblem(a Answers) string {
	if len(q.Items) == 0 || !a[q.Slot].Known() {
		return ""
	}
	sum, missing := q.itemSum(a)
	most := sum + Value(missing*(len(q.Grades)-1))
	switch total := a[q.Slot]; {
	case sum <= total && total <= most:
		return ""
	case missing == 0:
		return fmt.Sprintf("is not what its items add up to, which is %d", sum)
	default:
		return fmt.Sprintf("is not what its items can add up to, which is %d to %d", sum, most)
	}
}
