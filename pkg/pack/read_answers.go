package pack

import (
	"errors"
	"fmt"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
)

// readAnswersNode reads a mapping of questions and items to answers into a,
// in which everything is missing yet, and reports what is wrong to r, totals
// that contradict their items included. An answer that is wrong stays missing.
// Nothing is guessed.
func readAnswersNode(r *reader, node *yaml.Node, a Answers) {
	cursor{r: r, node: node}.answers(a)
}

func (c cursor) answers(a Answers) {
	if !c.present() {
		return
	}
	if c.node.Kind != yaml.MappingNode {
		c.wants("a mapping of questions to answers")
		return
	}
	totals := make(map[*Question]cursor)
	// Near misses cost time; nobody reads more than maxProblems of them.
	for i := 0; i+1 < len(c.node.Content) && len(c.r.ds) <= maxProblems; i += 2 {
		at := c.child(c.node.Content[i], c.node.Content[i+1])
		slot, ok := c.r.pack.SlotByID(at.key.Value)
		switch {
		case !ok && !c.r.full():
			at.unknownAnswer()
		case !ok:
		case at.present() && !c.r.silent[c.r.pack.Slots[slot].Question]:
			at.answer(slot, a)
			if q := c.r.pack.Slots[slot].Question; q.Slot == slot || totals[q].r == nil {
				totals[q] = at
			}
		}
	}
	for _, q := range c.r.pack.Questions {
		if message := q.totalProblem(a); message != "" {
			totals[q].report(problem{code: "answer-total", message: fmt.Sprintf("the total %d of %s %s", a[q.Slot], q.ID, message), hint: "give the items or the total"})
		}
	}
}

// unknownAnswer reports an answer to something that the pack does not ask.
func (c cursor) unknownAnswer() {
	id := c.key.Value
	p := problem{code: "question-unknown", message: fmt.Sprintf("unknown question %s", quoteShort(id))}
	var near *AnswerError
	switch err := c.r.pack.unknownQuestion(id); {
	case c.r.pack.Score(id) != nil:
		p.message, p.hint = fmt.Sprintf("%q is a score; expected a question", id), "a score is computed from the answers"
	case errors.As(err, &near) && near.Near != "":
		p.hint = didYouMean(near.Near)
	}
	c.reportAt(c.key, p)
}

// answer reads the answer of one slot, or the items of an instrument.
func (c cursor) answer(slot int, a Answers) {
	q := c.r.pack.Slots[slot].Question
	isItem := c.r.pack.Slots[slot].IsItem()
	switch {
	case c.isNull():
		c.lay(slot, NotAssessed, a)
	case c.node.Kind == yaml.ScalarNode:
		if v, ok := c.scalarAnswer(slot); ok {
			c.lay(slot, v, a)
		}
	case q.Kind == Multi && c.node.Kind == yaml.SequenceNode:
		c.multiAnswer(q, a)
	case q.Kind == Instrument && !isItem:
		c.itemAnswers(q, a)
	default:
		c.wants("one answer")
	}
}

// lay stores an answer unless the same file has given another one: an item's
// grade in a list and singly.
func (c cursor) lay(slot int, v Value, a Answers) {
	if before := a[slot]; before != Missing && before != v {
		id := c.r.pack.Slots[slot].ID
		c.report(problem{code: "answer-twice", message: fmt.Sprintf("%s is %s here and %s above", id, c.r.pack.FormatAnswer(slot, v), c.r.pack.FormatAnswer(slot, before))})
		return
	}
	a[slot] = v
}

func (c cursor) scalarAnswer(slot int) (Value, bool) {
	v, err := c.r.pack.ParseAnswer(slot, c.node.Value)
	var wrong *AnswerError
	if errors.As(err, &wrong) {
		c.reportAnswer(wrong)
	}
	return v, err == nil
}

func (c cursor) reportAnswer(e *AnswerError) {
	p := problem{code: "answer", message: fmt.Sprintf("%s %s", quoteShort(e.Value), e.Problem)}
	if e.Expected != "" {
		p.message += "; expected " + e.Expected
	}
	if e.Near != "" {
		p.hint = didYouMean(e.Near)
	}
	c.report(p)
}

func (c cursor) multiAnswer(q *Question, a Answers) {
	if n := len(c.node.Content); n > len(q.Options) {
		c.report(problem{code: "answer", message: fmt.Sprintf("found a list of %s; %s has %s", countOf(n, "answer"), q.ID, countOf(len(q.Options), "option"))})
		return
	}
	var mask Value
	ok := true
	for i, n := range c.node.Content {
		at := c.element(i, n)
		switch {
		case !at.present():
			ok = false
		case !at.isWord():
			at.wants("an option")
			ok = false
		case len(c.node.Content) == 1 && n.Value == wordNone:
		default:
			bit, err := parseSelected(q, n.Value)
			if err == nil && mask&bit != 0 {
				err = &AnswerError{Value: n.Value, Problem: "is there twice"}
			}
			if err != nil {
				at.reportAnswer(err)
				ok = false
			}
			mask |= bit
		}
	}
	if ok {
		c.lay(q.Slot, mask, a)
	}
}

// itemAnswers reads the items of an instrument, as a list or as {items: list}.
func (c cursor) itemAnswers(q *Question, a Answers) {
	list := c
	if c.node.Kind == yaml.MappingNode {
		if len(c.node.Content) != 2 || c.node.Content[0].Value != "items" {
			c.wants("a total, a list of the items' answers, or {items: [...]}")
			return
		}
		list = c.child(c.node.Content[0], c.node.Content[1])
	}
	switch {
	case !list.present():
	case list.node.Kind != yaml.SequenceNode:
		list.wants("a list of the items' answers")
	case len(q.Items) == 0:
		list.report(problem{code: "answer", message: fmt.Sprintf("%s has no items in this pack; expected its total", q.ID)})
	case len(list.node.Content) != len(q.Items):
		list.report(problem{code: "answer", message: fmt.Sprintf("found %s; %s has %d", countOf(len(list.node.Content), "item"), q.ID, len(q.Items)), hint: "write null for one that is missing"})
	default:
		for i, n := range list.node.Content {
			if at := list.element(i, n); at.present() && !at.isNull() {
				at.answer(q.Items[i].Slot, a)
			}
		}
	}
}

func didYouMean(near string) string { return fmt.Sprintf("did you mean %q?", near) }

// quoteShort quotes a word of the input for a message, cut where it is long.
func quoteShort(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return `"` + s + `"`
}

// nearHint returns the hint for a word that is none of the candidates.
func nearHint(word string, candidates []string) string {
	if near := diag.Near(word, candidates); near != "" {
		return didYouMean(near)
	}
	return ""
}
