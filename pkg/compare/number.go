package compare

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// longest is how many digits of a number are written out.
const longest = 21

// number writes a count with commas, and a very large one in powers of ten.
func number(n *big.Int) string {
	s := n.String()
	if len(s) > longest {
		return fmt.Sprintf("about %s.%s × 10^%d", s[:1], s[1:2], len(s)-1)
	}
	var b strings.Builder
	for i, c := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	return b.String()
}

func integer(n int) string { return number(big.NewInt(int64(n))) }

// words writes a share as a percentage, and a small one as 1 in so many. Only
// nothing is "none", and only everything is "all".
func (s Share) words() string {
	switch {
	case s.Part.Sign() == 0:
		return "none"
	case s.Part.Cmp(s.Whole) == 0:
		return "all"
	}
	f := s.Float() * 100
	switch {
	case f < 0.1:
		return "1 in " + rounded(new(big.Int).Quo(s.Whole, s.Part))
	case f > 99.9:
		return "over 99.9%"
	case f < 1:
		return strconv.FormatFloat(f, 'f', 2, 64) + "%"
	}
	return strconv.FormatFloat(f, 'f', 1, 64) + "%"
}

// rounded writes the first three digits of a number.
func rounded(n *big.Int) string {
	s := n.String()
	if len(s) > 15 {
		return fmt.Sprintf("10^%d", len(s)-1)
	}
	if len(s) <= 3 {
		return s
	}
	s = s[:3] + strings.Repeat("0", len(s)-3)
	for i, name := range []string{"million", "billion", "trillion"} {
		if zeros := 6 + 3*i; len(s) > zeros && len(s) <= zeros+3 {
			head, rest := s[:len(s)-zeros], strings.TrimRight(s[len(s)-zeros:], "0")
			if rest != "" && len(head) == 1 {
				head += "." + rest[:1]
			}
			return head + " " + name
		}
	}
	whole, _ := new(big.Int).SetString(s, 10)
	return number(whole)
}

func countOf(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return integer(n) + " " + noun + "s"
}
