package batch

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/carelevel/carelevel/pkg/diag"
)

// The lines of a summary are at most 80 columns wide: a name, a count, a share
// and a bar.
const (
	nameWidth  = 40
	countWidth = 13
	barWidth   = 12
)

// How many of the commonest a summary for people lists.
const (
	topCriteria = 5
	topWarnings = 3
	topMistakes = 5
	topNumbered = 10
)

// WriteText writes the summary for people, at most 80 columns wide. input is
// what the input is called.
func (s *Summary) WriteText(w io.Writer, input string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", diag.Clean(input), s.headline())
	fmt.Fprintf(&b, "Rules %s %s\n", diag.Clean(s.Pack.ID), diag.Clean(s.Pack.Version))
	if s.results() > 0 {
		b.WriteString("\n")
	}
	for _, r := range s.outcomes() {
		if s.results() > 0 {
			b.WriteString(r.line(s.results()))
		}
	}
	if s.Review != nil && s.Review.Nobody > 0 {
		fmt.Fprintf(&b, "\n%s not say whose assessment it is: a review may lack one of them\n", countDo(s.Review.Nobody, "record"))
	}
	s.lists(&b)
	s.numbered(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

// headline says how many records there were, and how fast.
func (s *Summary) headline() string {
	text := countOf(s.Rows, "record")
	if s.Review != nil {
		text += " of " + countOf(s.Review.People, "person")
	}
	if s.Seconds > 0 {
		text += fmt.Sprintf(" in %s (%s a second)", duration(s.Seconds), grouped(int64(s.RowsPerSecond())))
	}
	if !s.Complete {
		text += ", and not to the end"
	}
	return text
}

// outcome is a line about records: those of a level, or those without one.
type outcome struct {
	name  string
	count int64
	level bool
}

// outcomes are the levels, and what else may come of a record.
func (s *Summary) outcomes() []outcome {
	if s.Review != nil {
		return s.verdicts()
	}
	var all []outcome
	for i, l := range s.Levels {
		all = append(all, outcome{diag.Clean(s.Pack.Levels[i].Title), l.Count, true})
	}
	return append(all, outcome{"Undetermined", s.Undetermined, false}, outcome{"In error", s.Errors, false})
}

// results is how many there are: one a record, or one a person.
func (s *Summary) results() int64 {
	if s.Review != nil {
		return s.Review.results()
	}
	return s.Rows
}

// verdictWords say to people what the verdicts are.
var verdictWords = []string{"Step up", "Continue", "Step down", "Stay, not yet ready for less", "Undetermined"}

// verdicts are what may come of a person.
func (s *Summary) verdicts() (all []outcome) {
	for i, t := range s.Review.Verdicts {
		all = append(all, outcome{verdictWords[i], t.Count, false})
	}
	return append(all, outcome{"One assessment, nothing to compare", s.Review.Single, false}, outcome{"In error", s.Errors, false})
}

func (o outcome) line(rows int64) string {
	line := fmt.Sprintf("  %s %*s %8s  %s", pad(o.name, nameWidth), countWidth, grouped(o.count), share(o.count, rows), bar(o.count, rows))
	return strings.TrimRight(line, " ") + "\n"
}

// lists writes what came up most often.
func (s *Summary) lists(b *strings.Builder) {
	list := func(head string, all []outcome, most int) {
		if len(all) == 0 {
			return
		}
		if len(all) > most {
			head += fmt.Sprintf(" (%d of %d)", most, len(all))
			all = all[:most]
		}
		fmt.Fprintf(b, "\n%s\n", head)
		for _, o := range all {
			fmt.Fprintf(b, "  %s %*s %8s\n", pad(o.name, nameWidth), countWidth, grouped(o.count), share(o.count, s.results()))
		}
	}
	list("Commonest indications", tallies(s.Criteria), topCriteria)
	list("Commonest warnings", tallies(s.Warnings), topWarnings)
	var mistakes []outcome
	for _, m := range s.Mistakes {
		mistakes = append(mistakes, outcome{name: m.Text(), count: m.Count})
	}
	list("Commonest mistakes", mistakes, topMistakes)
}

func tallies(list []Tally) (all []outcome) {
	for _, t := range list {
		all = append(all, outcome{name: t.ID, count: t.Count})
	}
	return all
}

// numbered says what was taken for what where answers were numbers.
func (s *Summary) numbered(b *strings.Builder) {
	if len(s.ByNumber) == 0 {
		return
	}
	b.WriteString("\nAnswered by number, counted from 1 as the options are listed\n")
	for i, n := range s.ByNumber {
		if i == topNumbered {
			fmt.Fprintf(b, "  and %s more\n", countOf(int64(len(s.ByNumber)-i), "column"))
			break
		}
		fmt.Fprintf(b, "  %s %s\n", pad(n.Column, nameWidth), cut(n.Meaning(true), 36))
	}
}

// mistakeWords say what the codes mean; a code that is not here speaks for
// itself.
var mistakeWords = map[string]string{
	"answer":           "not an answer",
	"answers-date":     "no date",
	"answer-total":     "a total that its items contradict",
	"answer-twice":     "answered twice",
	"fields":           "too many or too few fields",
	"course":           "assessments that are no course",
	"id":               "no person",
	"json":             "not JSON",
	"placed":           "not a level",
	"present":          "nothing says where the person is",
	"question-unknown": "not a question",
	"quote":            "quotes that do not fit",
	"utf-8":            "not UTF-8",
}

// Text names the mistake for people: "phq9: not an answer".
func (m Mistake) Text() string {
	text := mistakeWords[m.Code]
	if text == "" {
		text = m.Code
	}
	if m.Name != "" {
		text = diag.Clean(m.Name) + ": " + text
	}
	return text
}

// share is a part in percent. What is not all is never shown as all, nor what
// is not nothing as nothing.
func share(n, of int64) string {
	switch {
	case of == 0 || n == 0:
		return "0 %"
	case n == of:
		return "100 %"
	}
	switch percent := 100 * float64(n) / float64(of); {
	case percent < 0.1:
		return "<0.1 %"
	case percent > 99.9:
		return ">99.9 %"
	default:
		return fmt.Sprintf("%.1f %%", percent)
	}
}

// bar is a part as a bar of blocks, an eighth of a column at least.
func bar(n, of int64) string {
	if n == 0 || of == 0 {
		return ""
	}
	eighths := max(1, int(float64(n)/float64(of)*barWidth*8+0.5))
	text := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		text += string([]rune("▏▎▍▌▋▊▉")[rest-1])
	}
	return text
}

// grouped writes a number with commas between the thousands.
func grouped(n int64) string {
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

func countDo(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun + " does"
	}
	return countOf(n, noun) + " do"
}

func countOf(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return grouped(n) + " " + noun + "s"
}

func duration(seconds float64) string {
	if seconds < 60 {
		return fmt.Sprintf("%.2f s", seconds)
	}
	return time.Duration(seconds * float64(time.Second)).Round(time.Second).String()
}

// pad makes text so many characters wide.
func pad(text string, width int) string {
	text = cut(diag.Clean(text), width)
	return text + strings.Repeat(" ", width-utf8.RuneCountInString(text))
}

func cut(text string, width int) string {
	if r := []rune(text); len(r) > width {
		return string(r[:width-1]) + "…"
	}
	return text
}
