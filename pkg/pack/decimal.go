package pack

import (
	"fmt"
	"strings"
)

// maxDigits bounds the numbers of packs and answers, so that sums of them with
// weights stay far inside an int64. No count, dose or weight in care comes
// near a thousand million.
const maxDigits = 9

// decimalError says why a text is not a number.
type decimalError struct{ message string }

func (e *decimalError) Error() string { return e.message }

// parseDecimal reads a plain decimal number as a Value in units of
// 10^-decimals; zeros at the end do not count as digits after the point. Forms
// that people and programs read differently (exponents, a decimal comma,
// leading zeros, digit groups) are refused.
func parseDecimal(text string, decimals int) (Value, *decimalError) {
	digits, negative := strings.CutPrefix(text, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	fraction = strings.TrimRight(fraction, "0")
	switch {
	case !isDigits(whole) || point && !isDigits(digits[len(whole)+1:]):
		return 0, notDecimal(text)
	case len(whole) > 1 && whole[0] == '0':
		return 0, &decimalError{fmt.Sprintf("%s begins with a zero; write it without", quoteShort(text))}
	case len(fraction) > decimals && decimals == 0:
		return 0, &decimalError{fmt.Sprintf("found %s; expected a whole number", text)}
	case len(fraction) > decimals:
		return 0, &decimalError{fmt.Sprintf("found %s; expected at most %s after the point", text, countOf(decimals, "digit"))}
	case len(whole)+decimals > maxDigits:
		return 0, &decimalError{fmt.Sprintf("%s is too large a number", quoteShort(text))}
	}
	var v Value
	for _, c := range whole + fraction {
		v = v*10 + Value(c-'0')
	}
	for range decimals - len(fraction) {
		v *= 10
	}
	if negative {
		v = -v
	}
	return v, nil
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func notDecimal(text string) *decimalError {
	whole, fraction, comma := strings.Cut(strings.TrimPrefix(text, "-"), ",")
	if comma && isDigits(whole) && isDigits(fraction) {
		return &decimalError{fmt.Sprintf("found %s; expected a number with a point, not a comma", quoteShort(text))}
	}
	return &decimalError{fmt.Sprintf("found %s; expected a number", quoteShort(text))}
}

// number reads a number of a pack with at most so many digits after the point,
// in units of 10^-decimals.
func (c cursor) number(decimals int) (Value, bool) {
	if !c.isWord() {
		c.wants("a number")
		return 0, false
	}
	v, err := parseDecimal(c.node.Value, decimals)
	if err != nil {
		c.report(problem{code: "number", message: err.message})
	}
	return v, err == nil
}

// wholeIn reads a whole number within bounds.
func (c cursor) wholeIn(least, most int) (int, bool) {
	v, ok := c.number(0)
	if ok && (int(v) < least || int(v) > most) {
		c.report(problem{code: "number-range", message: fmt.Sprintf("found %d; expected %d to %d", v, least, most)})
		return 0, false
	}
	return int(v), ok
}
