package diag

import (
	"strings"
	"unicode/utf8"
)

// longestWord bounds the words that Near compares: a mistyped name is short,
// and a text of a megabyte in its place must not cost a megabyte squared.
const longestWord = 64

// Near returns the candidate that word was most probably meant to be, or ""
// if none is near. Differences in case, in - and _ and in spaces count little;
// otherwise one letter in three may be wrong, and one in any case. The first of
// equally near candidates wins.
func Near(word string, candidates []string) string {
	length := utf8.RuneCountInString(word)
	best, least := "", max(2, length/3+1)
	if word == "" || len(word) > longestWord {
		return ""
	}
	folded := fold(word)
	for _, c := range candidates {
		if len(c) > longestWord {
			continue
		}
		d := distance(folded, fold(c))
		if d == 0 {
			return c
		}
		if d < least && d < length {
			best, least = c, d
		}
	}
	if best == "" {
		return prefixed(folded, candidates)
	}
	return best
}

// prefixed finds the one candidate that goes on where word ends, or the other
// way round: iop for intensive_iop is nearer than any count of letters says.
func prefixed(word string, candidates []string) string {
	const shortest = 3
	found := ""
	if len(word) < shortest {
		return ""
	}
	for _, c := range candidates {
		f := fold(c)
		if len(f) < shortest || !strings.HasPrefix(f, word) && !strings.HasPrefix(word, f) {
			continue
		}
		if found != "" {
			return ""
		}
		found = c
	}
	return found
}

func fold(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' {
			return '_'
		}
		return r
	}, s))
}

// distance is the number of letters to insert, drop, change or swap with
// their neighbour (optimal string alignment).
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	before, above, row := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range row {
		row[j] = j
	}
	for i := range s {
		before, above, row = above, row, before
		row[0] = i + 1
		for j := range t {
			cost := 1
			if s[i] == t[j] {
				cost = 0
			}
			row[j+1] = min(row[j]+1, above[j+1]+1, above[j]+cost)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(t)]
}
