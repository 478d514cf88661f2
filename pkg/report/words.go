package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// clean makes a string of a pack or an answer safe to lay out: on one line,
// and without anything that could drive a terminal or turn the reading order.
func clean(s string) string { return diag.Clean(strings.Join(strings.Fields(s), " ")) }

// paragraphs is clean for texts whose lines mean something.
func paragraphs(s string) []line {
	var out []line
	for l := range strings.Lines(s) {
		if l = clean(l); l != "" {
			out = append(out, line{Text: l})
		}
	}
	return out
}

// levelName is a level's title, with its short name where the title does not
// say it: "Intensive outpatient program (IOP)", but "Inpatient care".
func levelName(l *pack.Level) string {
	title, short := clean(l.Title), shortName(l)
	if strings.Contains(strings.ToLower(title), strings.ToLower(short)) {
		return title
	}
	return title + " (" + short + ")"
}

func shortName(l *pack.Level) string {
	for _, s := range []string{l.Short, l.Title, l.ID} {
		if s != "" {
			return clean(s)
		}
	}
	return ""
}

func shortNames(levels []*pack.Level) []string {
	var out []string
	for _, l := range levels {
		out = append(out, shortName(l))
	}
	return out
}

// joined lists words for a sentence: "a, b or c".
func joined(words []string, conjunction string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + conjunction + " " + words[last]
}

// count is a number with its noun: "1 question", "2 questions".
func count(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "y"):
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(noun, "y"))
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// capital makes a phrase the beginning of a sentence.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || !unicode.IsLower(r) {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// inside makes the beginning of a sentence part of another one. A word that is
// all capitals, or has a digit, is a name and stays as it is.
func inside(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[n:])
	if n == 0 || !unicode.IsLower(next) && next != ' ' {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// clause is a sentence as part of another one.
func clause(s string) string { return inside(strings.TrimSuffix(s, ".")) }

// sentence ends a phrase with a full stop, unless something ends it already.
func sentence(s string) string {
	r, n := utf8.DecodeLastRuneInString(s)
	if n == 0 || strings.ContainsRune(".!?:…。", r) {
		return s
	}
	return s + "."
}

// span is a range as a person writes it: "9–19", or "1".
func span(r pack.Range) string {
	if r.From == r.To {
		return decimal(r.From)
	}
	return decimal(r.From) + "–" + decimal(r.To)
}

func decimal(f float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", f), "0"), ".")
}
