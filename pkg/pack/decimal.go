package pack

import (
	"fmt"
	"strings"
)

// maxNumber bounds the numbers of a pack, so that sums of them with weights
// stay far inside an int64. No count, dose or weight in care comes near it.
const maxNumber = 1_000_000_000

// number reads a number of a pack with at most so many digits after the point,
// in units of 10^-decimals. Forms that people and programs read differently
// (exponents, a decimal comma, leading zeros, digit groups) are refused.
func (c cursor) number(decimals int) (Value, bool) {
	if !c.isWord() {
		c.wants("a number")
		return 0, false
	}
	text := c.node.Value
	v, ok := parseDecimal(text, decimals)
	message := ""
	switch digits := strings.TrimPrefix(text, "-"); {
	case !ok:
		message = notNumber(text, decimals)
	case len(digits) > 1 && digits[0] == '0' && digits[1] != '.':
		message = fmt.Sprintf("number %s begins with a zero; write it without", quoteShort(text))
	case v > maxNumber || v < -maxNumber:
		message = fmt.Sprintf("number %s is too large", quoteShort(text))
	}
	if message != "" {
		c.report(problem{code: "number", message: message})
	}
	return v, message == ""
}

// notNumber says why a text is not a number, and what to write instead.
func notNumber(text string, decimals int) string {
	found := quoteShort(text)
	_, fine := parseDecimal(text, maxDecimals)
	whole, fraction, comma := strings.Cut(strings.TrimPrefix(text, "-"), ",")
	switch {
	case fine && decimals == 0:
		return fmt.Sprintf("found %s; expected a whole number", found)
	case fine:
		return fmt.Sprintf("found %s; expected at most %s after the point", found, countOf(decimals, "digit"))
	case comma && isDigits(whole) && isDigits(fraction):
		return fmt.Sprintf("found %s; expected a number with a point, not a comma", found)
	}
	return fmt.Sprintf("found %s; expected a number", found)
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
