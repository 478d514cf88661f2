package verify

import (
	"fmt"
	"math/big"
	"strings"
)

// exactDigits is how many digits of a count are shown in full to people; more
// than that nobody reads. JSON has them all.
const exactDigits = 9

// FormatCount writes a count for people: 12,345 or 8.7 × 10^36.
func FormatCount(n *big.Int) string {
	if text := n.String(); len(text) <= exactDigits {
		return thousands(text)
	}
	return power(twoDigits(n, big.NewInt(1)))
}

// FormatShare writes a part of a whole for people: 84 %, 1 in 12,000, all.
func FormatShare(part, whole *big.Int) string {
	hundred := new(big.Int).Mul(part, big.NewInt(100))
	switch m, e := twoDigits(hundred, whole); {
	case part.Sign() == 0:
		return "none"
	case part.Cmp(whole) == 0:
		return "all"
	case m == 10 && e == 1:
		return "almost all"
	case new(big.Int).Mul(hundred, big.NewInt(20)).Cmp(whole) >= 0: // at least 0.05 %
		return decimal(m, e) + " %"
	}
	if m, e := twoDigits(whole, part); e < exactDigits-2 {
		return "1 in " + thousands(decimal(m, e))
	} else {
		return "1 in " + power(m, e)
	}
}

// twoDigits rounds a quotient to m × 10^e with 10 <= m < 100.
func twoDigits(num, den *big.Int) (m int64, e int) {
	if num.Sign() == 0 {
		return 0, 0
	}
	ten := big.NewInt(10)
	n, d := new(big.Int).Set(num), new(big.Int).Set(den)
	for n.Cmp(new(big.Int).Mul(d, big.NewInt(100))) >= 0 {
		d.Mul(d, ten)
		e++
	}
	for n.Cmp(new(big.Int).Mul(d, ten)) < 0 {
		n.Mul(n, ten)
		e--
	}
	// Half up: (2n + d) / 2d.
	n.Add(n.Lsh(n, 1), d)
	if m = n.Quo(n, d.Lsh(d, 1)).Int64(); m == 100 {
		m, e = 10, e+1
	}
	return m, e
}

// decimal writes m × 10^e without an exponent.
func decimal(m int64, e int) string {
	text := fmt.Sprint(m)
	if e >= 0 {
		return text + strings.Repeat("0", e)
	}
	for len(text) <= -e {
		text = "0" + text
	}
	at := len(text) + e
	return strings.TrimSuffix(strings.TrimRight(text[:at]+"."+text[at:], "0"), ".")
}

// power writes m × 10^e with one digit before the point.
func power(m int64, e int) string {
	return fmt.Sprintf("%s × 10^%d", decimal(m, -1), e+1)
}

// thousands sets commas into digits.
func thousands(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
