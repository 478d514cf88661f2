package pack

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

// ParseAnswer reads the text of one answer: yes, no, y, n, true or false; an
// option's id, or its label in whatever case; for a multiple choice several of
// these separated by semicolons or commas, or none; a number with a point, not
// a comma; not_assessed; or nothing, which is Missing. The error is an
// *AnswerError.
func (p *Pack) ParseAnswer(slot int, text string) (Value, error) {
	text = strings.TrimSpace(text)
	switch text {
	case "":
		return Missing, nil
	case wordNotAssessed:
		return NotAssessed, nil
	}
	var v Value
	var e *AnswerError
	s := &p.Slots[slot]
	switch q := s.Question; {
	case s.IsItem():
		v, e = parseGrade(q, text)
	case q.Kind == YesNo:
		v, e = parseYesNo(text)
	case q.Kind == Scale || q.Kind == Choice:
		v, e = parseOption(q.Options, text)
	case q.Kind == Multi:
		v, e = parseSelection(q, text)
	default:
		v, e = parseNumber(q, text)
	}
	if e != nil {
		e.Question = s.ID
		if e.Value == "" {
			e.Value = text
		}
		return Missing, e
	}
	return v, nil
}

func parseYesNo(text string) (Value, *AnswerError) {
	switch strings.ToLower(text) {
	case "yes", "y", "true":
		return 1, nil
	case "no", "n", "false":
		return 0, nil
	}
	return 0, &AnswerError{Problem: notAnAnswer, Expected: "yes or no"}
}

const notAnAnswer = "is not one of its answers"

// parseOption finds the option with this id or label. An id wins over a label
// in the same letters; a label that two options share names neither.
func parseOption(options []Option, text string) (Value, *AnswerError) {
	found := -1
	for i, o := range options {
		if o.ID == text {
			return Value(i), nil
		}
		if strings.EqualFold(o.Label, text) {
			if found >= 0 {
				return 0, &AnswerError{Problem: "is the label of two answers", Expected: optionIDs(options)}
			}
			found = i
		}
	}
	if found < 0 {
		return 0, &AnswerError{Problem: notAnAnswer, Expected: optionIDs(options), Near: nearOption(options, text)}
	}
	return Value(found), nil
}

// nearOption is the id of the option whose id or label comes nearest.
func nearOption(options []Option, text string) string {
	var words []string
	ids := map[string]string{}
	for _, o := range options {
		words = append(words, o.ID, strings.ToLower(o.Label))
		ids[strings.ToLower(o.Label)] = o.ID
	}
	near := diag.Near(strings.ToLower(text), words)
	if id, isLabel := ids[near]; isLabel {
		return id
	}
	return near
}

func parseSelection(q *Question, text string) (Value, *AnswerError) {
	if text == wordNone || strings.EqualFold(text, q.selectedLabels(0)) {
		return 0, nil
	}
	// One label may hold commas and semicolons.
	if i, err := parseOption(q.Options, text); err == nil {
		return 1 << i, nil
	}
	separator := ","
	if strings.Contains(text, ";") {
		separator = ";"
	}
	var mask Value
	for part := range strings.SplitSeq(text, separator) {
		bit, err := parseSelected(q, strings.TrimSpace(part))
		if err != nil {
			return 0, err
		}
		if mask&bit != 0 {
			return 0, &AnswerError{Value: strings.TrimSpace(part), Problem: "is there twice"}
		}
		mask |= bit
	}
	return mask, nil
}

func parseSelected(q *Question, part string) (Value, *AnswerError) {
	if part == wordNone {
		return 0, &AnswerError{Value: part, Problem: "stands alone: it does not go with other answers"}
	}
	if part == "" {
		return 0, &AnswerError{Problem: "has an empty part", Expected: "answers separated by semicolons"}
	}
	i, err := parseOption(q.Options, part)
	if err != nil {
		err.Value = part
		err.Expected = "any of " + orList(append(q.selectedIDs(math.MaxInt64), wordNone))
		return 0, err
	}
	return 1 << i, nil
}

// parseGrade reads an item's answer: what it is worth, or its label.
func parseGrade(q *Question, text string) (Value, *AnswerError) {
	top := Value(len(q.Grades) - 1)
	if n, ok := parseDecimal(text, 0); ok && 0 <= n && n <= top {
		return n, nil
	}
	for i, g := range q.Grades {
		if strings.EqualFold(g.Label, text) {
			return Value(i), nil
		}
	}
	return 0, &AnswerError{Problem: notAnAnswer, Expected: fmt.Sprintf("a whole number from 0 to %d", top)}
}

// parseNumber reads a number, or the total of an instrument.
func parseNumber(q *Question, text string) (Value, *AnswerError) {
	expected := expectedNumber(q)
	v, ok := parseDecimal(text, q.Decimals)
	switch {
	case ok && v >= q.Min && v <= q.Max:
		return v, nil
	case ok:
		return 0, &AnswerError{Problem: "is out of range", Expected: expected}
	}
	if _, ok := parseDecimal(strings.Replace(text, ",", ".", 1), maxDecimals); ok && strings.Contains(text, ",") {
		return 0, &AnswerError{Problem: "has a comma", Expected: expected + ", with a point"}
	}
	switch _, ok := parseDecimal(text, maxDecimals); {
	case ok && q.Decimals == 0:
		return 0, &AnswerError{Problem: "is not a whole number", Expected: expected}
	case ok:
		return 0, &AnswerError{Problem: fmt.Sprintf("has more than %s after the point", countOf(q.Decimals, "digit")), Expected: expected}
	}
	return 0, &AnswerError{Problem: "is not a number", Expected: expected}
}

func expectedNumber(q *Question) string {
	what := "a number"
	if q.Decimals == 0 {
		what = "a whole number"
	}
	return fmt.Sprintf("%s from %s to %s", what, formatDecimal(q.Min, q.Decimals), withUnit(formatDecimal(q.Max, q.Decimals), q.Unit))
}

// maxDecimals is how many digits after the point are understood in order to say
// that they are too many.
const maxDecimals = 9

// parseDecimal reads digits, with a sign and a point if need be, in units of
// 10^-decimals; zeros at the end do not count as digits after the point. It
// knows no exponents, no infinity, and nothing beyond about 10^17 units.
func parseDecimal(text string, decimals int) (Value, bool) {
	digits, negative := strings.CutPrefix(text, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	if !isDigits(whole) || point && !isDigits(fraction) {
		return 0, false
	}
	fraction = strings.TrimRight(fraction, "0")
	if len(fraction) > decimals {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", decimals-len(fraction)), 10, 64)
	if err != nil {
		n = math.MaxInt64 // a number, and out of every range
	}
	if negative {
		n = -n
	}
	return Value(n), true
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// optionIDs lists the ids of options for an error.
func optionIDs(options []Option) string {
	ids := make([]string, len(options))
	for i, o := range options {
		ids[i] = o.ID
	}
	return orList(ids)
}

func countOf(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
