package form

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/carelevel/carelevel/pkg/interview"
	"github.com/carelevel/carelevel/pkg/pack"
)

// The words that every prompt takes beside its answers.
const plainKeys = "b goes back, f goes on without a change, - is not assessed, ? explains, q leaves (and can save)."

// keysOf are the words that a prompt takes.
func keysOf(q interview.Prompt) string {
	if q.Last == nil {
		return plainKeys
	}
	return "= confirms what was answered last time, where that is offered; " + plainKeys
}

func (p *Plain) introduce(q interview.Prompt) {
	if !p.begun {
		p.begun = true
		p.say("One question at a time; answer with a number or a word and Enter.")
		p.say(keysOf(q))
	}
}

// standing is one line on what the answers so far say.
func (p *Plain) standing(s interview.Panel) {
	if s.Asked == 0 {
		return
	}
	p.say("Possible: " + possibleLevels(s) + ". " + progress(s) + ".")
}

func (p *Plain) question(q interview.Prompt) {
	h := headingOf(q)
	p.say("")
	if s := q.Question.Section; s != nil && s != p.section {
		p.section = s
		p.say("== " + oneLine(s.Title) + " ==")
		if s.Help != "" {
			p.say(oneLine(s.Help))
		}
		p.say("")
	}
	if _, rest, ok := strings.Cut(h.crumb, " › "); ok {
		p.say(rest)
	}
	if it := q.Item(); it != nil && q.Pack.Slots[q.Slot].Item == 0 {
		p.say(h.stem)
	}
	p.say(h.ask)
	if h.help != "" {
		p.say(h.help)
	}
	p.choices(q)
	if last := lastWords(q); last != "" {
		p.say(last)
	}
	if q.ChooseMethod && q.Method != interview.MethodUnset {
		p.say("Present answer: " + methodLabel(q, q.Method))
	} else if q.Value != pack.Missing {
		p.say("Present answer: " + oneLine(q.Pack.AnswerLabel(q.Slot, q.Value)) + " (f keeps it)")
	}
}

func (p *Plain) choices(q interview.Prompt) {
	rows := rowsOf(q)
	first := 1
	switch {
	case rows == nil:
		p.say("A number: " + rangeOf(q.Pack, q.Question) + "; - for not assessed")
		return
	case q.Item() != nil:
		first = 0
	}
	for i, r := range rows {
		text := r.label
		if r.help != "" {
			text += " (" + strings.TrimSuffix(r.help, ".") + ")"
		}
		p.hang(fmt.Sprintf("  %d) ", first+i), text)
	}
	if isMulti(q) {
		p.hang(fmt.Sprintf("  %d) ", len(rows)+1), noneOfThese)
	}
	if first == 0 {
		p.hang("  -) ", notAssessed)
	} else {
		p.hang("  0) ", notAssessed)
	}
	if isMulti(q) {
		p.say("Several numbers are separated by commas.")
	}
}

func isMulti(q interview.Prompt) bool {
	return !q.ChooseMethod && q.Item() == nil && q.Question.Kind == pack.Multi
}

// help says all that is known about a question.
func (p *Plain) help(q interview.Prompt) {
	for _, s := range aboutQuestion(q) {
		p.say(s)
	}
	p.say(keysOf(q))
}

// echo repeats what was understood, so that a wrong number is noticed.
func (p *Plain) echo(q interview.Prompt, r interview.Reply) {
	if q.ChooseMethod {
		p.say("= " + methodLabel(q, r.Method))
		return
	}
	if r.Action == interview.Confirm {
		r.Value = q.Last.Value
	}
	p.say("= " + oneLine(q.Pack.AnswerLabel(q.Slot, r.Value)))
}

func methodLabel(q interview.Prompt, m interview.Method) string {
	for _, r := range rowsOf(q) {
		if r.how == m {
			return strings.ToLower(r.label[:1]) + r.label[1:]
		}
	}
	return strings.ToLower(notAssessed)
}

// readReply understands one line, or says why it cannot be taken.
func readReply(q interview.Prompt, text string) (r interview.Reply, problem string) {
	switch strings.ToLower(text) {
	case "":
		return r, `an empty line is no answer; enter - for not assessed`
	case "b":
		if !q.CanBack {
			return r, "this is the first question"
		}
		return interview.Reply{Action: interview.Back}, ""
	case "f":
		if !q.CanForward {
			return r, "there is no answer yet to keep; enter - for not assessed"
		}
		return interview.Reply{Action: interview.Forward}, ""
	case "=":
		return confirmed(q)
	case "q", "s":
		return interview.Reply{Action: interview.Quit}, ""
	case "-", "na", "n/a", "not assessed", "not_assessed":
		return interview.Reply{Value: pack.NotAssessed, Method: interview.NotUsed}, ""
	}
	rows := rowsOf(q)
	switch {
	case q.ChooseMethod:
		return readMethod(rows, text)
	case rows == nil || q.Item() != nil:
		return readValue(q, text)
	}
	return readChoice(q, rows, text)
}

// confirmed takes last time's answer, where that may be done.
func confirmed(q interview.Prompt) (r interview.Reply, problem string) {
	switch {
	case mayConfirm(q):
		return interview.Reply{Action: interview.Confirm}, ""
	case q.Last != nil && q.Last.Value.Known():
		return r, "this has to be answered afresh; enter - for not assessed"
	}
	return r, "there is no answer of last time to confirm; enter - for not assessed"
}

func readMethod(rows []row, text string) (r interview.Reply, problem string) {
	n, ok := number(text)
	switch {
	case ok && n == 0:
		return interview.Reply{Method: interview.NotUsed}, ""
	case ok && n >= 1 && n <= len(rows):
		return interview.Reply{Method: rows[n-1].how}, ""
	}
	return r, fmt.Sprintf("%q is none of the choices; expected a number from 0 to %d", oneLine(text), len(rows))
}

// readValue takes a text as package pack reads answers.
func readValue(q interview.Prompt, text string) (r interview.Reply, problem string) {
	v, err := q.Pack.ParseAnswer(q.Slot, text)
	if err != nil {
		return r, problemOf(err)
	}
	return interview.Reply{Value: v}, ""
}

// readChoice takes the numbers in front of the answers, and otherwise ids and
// labels. Where all parts are numbers, they are the numbers that were shown.
func readChoice(q interview.Prompt, rows []row, text string) (r interview.Reply, problem string) {
	numbers, ok := numbersIn(text)
	if !ok {
		if isMulti(q) && strings.EqualFold(text, noneOfThese) {
			return interview.Reply{Value: 0}, ""
		}
		return readValue(q, text)
	}
	if len(numbers) == 1 && numbers[0] == 0 {
		return interview.Reply{Value: pack.NotAssessed}, ""
	}
	if isMulti(q) {
		return readChosen(rows, numbers)
	}
	if len(numbers) > 1 {
		return r, "one answer is expected, not several"
	}
	if numbers[0] > len(rows) {
		return r, fmt.Sprintf("there is no answer %d; expected a number from 0 to %d", numbers[0], len(rows))
	}
	return interview.Reply{Value: rows[numbers[0]-1].value}, ""
}

func readChosen(rows []row, numbers []int) (r interview.Reply, problem string) {
	none := len(rows) + 1
	for _, n := range numbers {
		switch {
		case n > none:
			return r, fmt.Sprintf("there is no answer %d; expected numbers from 0 to %d", n, none)
		case (n == none || n == 0) && len(numbers) > 1:
			return r, fmt.Sprintf("%d stands alone: it does not go with other answers", n)
		case n != none:
			r.Value |= 1 << (n - 1)
		}
	}
	return r, ""
}

// numbersIn reads whole numbers separated by commas, semicolons or spaces.
func numbersIn(text string) ([]int, bool) {
	var out []int
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
		n, ok := number(part)
		if !ok {
			return nil, false
		}
		out = append(out, n)
	}
	return out, len(out) > 0
}

// number reads a whole number of at most four digits.
func number(text string) (int, bool) {
	if len(text) > 4 || text == "" || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}
