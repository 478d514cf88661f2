package pack

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// The words for a single test: subject, verb, and the answers that satisfy it.

// describeIn writes a test of a value. That it does not hold is written as the
// test of all other values, which says the same in fewer twists.
func (p *Pack) describeIn(c *In, negated bool) string {
	ranges, top := c.Ranges, p.domain(c)
	if negated {
		ranges = complement(ranges, top)
	}
	if len(ranges) == 0 {
		return "an answer that there is none of" // the loader refuses such tests
	}
	subject, words := p.inWords(c, ranges)
	return clause(subject, "is", words)
}

// inWords are what a test is about, and the values in ranges.
func (p *Pack) inWords(c *In, ranges []Interval) (subject, words string) {
	top := p.domain(c)
	if c.Score != nil {
		w := numberWords{domain: top, bands: c.Score.Bands, better: "lower", worse: "higher"}
		return lowerFirst(c.Score.Title), w.among(ranges)
	}
	s := &p.Slots[c.Slot]
	subject = p.subject(c.Slot)
	switch q := s.Question; {
	case s.IsItem():
		w := numberWords{domain: top, grades: q.Grades}
		return subject, w.among(ranges)
	case q.Kind == YesNo:
		return subject, yesOrNo(ranges[0].From)
	case q.Kind == Scale || q.Kind == Choice:
		return subject, optionWords(q, ranges)
	case q.Kind == Multi && ranges[0].To == 0: // a target
		return subject, "none of these"
	case q.Kind == Multi:
		return subject, "any of these"
	default:
		w := numberWords{domain: top, bands: q.Bands, decimals: q.Decimals, unit: q.Unit, better: "better", worse: "worse"}
		return subject, w.among(ranges)
	}
}

func (p *Pack) domain(c *In) Interval {
	if c.Score != nil {
		return Interval{c.Score.Min, c.Score.Max}
	}
	return Interval{p.Slots[c.Slot].Min, p.Slots[c.Slot].Max}
}

// complement returns the rest of the domain. Ranges are sorted and disjoint.
func complement(ranges []Interval, domain Interval) []Interval {
	var rest []Interval
	next := domain.From
	for _, r := range ranges {
		if r.From > next {
			rest = append(rest, Interval{next, r.From - 1})
		}
		next = r.To + 1
	}
	if next <= domain.To {
		rest = append(rest, Interval{next, domain.To})
	}
	return rest
}

// itemLength is how many characters of an item's text stand in a sentence.
const itemLength = 40

// subject is what a test is about.
func (p *Pack) subject(slot int) string {
	s := &p.Slots[slot]
	q := s.Question
	switch {
	case s.IsItem() && q.Items[s.Item].Text == "":
		return fmt.Sprintf("%s item %d", q.Noun(), s.Item+1)
	case s.IsItem():
		return fmt.Sprintf("%s item %d (%s)", q.Noun(), s.Item+1, quoted(shorten(q.Items[s.Item].Text, itemLength)))
	case q.Kind == Instrument:
		return q.Noun() + " total"
	}
	return q.Noun()
}

// shorten cuts text at the end of a word so that it has at most n characters,
// the ellipsis among them.
func shorten(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	cut := string([]rune(text)[:n-1])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}

// optionWords writes the options of a scale or choice that satisfy a test.
func optionWords(q *Question, ranges []Interval) string {
	var labels []string
	for _, r := range ranges {
		for v := r.From; v <= r.To; v++ {
			labels = append(labels, said(q.Options[v].Label))
		}
	}
	last := Value(len(q.Options) - 1)
	switch r := ranges[0]; {
	case len(labels) == 1:
		return labels[0]
	case q.Kind == Scale && len(ranges) == 1 && r.To == last:
		return labels[0] + " or worse"
	case q.Kind == Scale && len(ranges) == 1 && r.From == 0:
		return labels[len(labels)-1] + " or better"
	case len(labels) >= 3 && len(labels) == len(q.Options)-1:
		rest := complement(ranges, Interval{0, last})
		return "not " + said(q.Options[rest[0].From].Label)
	}
	return orList(labels)
}

// maxPlainWords is how many words of a label stand in a sentence unquoted.
const maxPlainWords = 2

// said fits an option's label into a sentence: with a small first letter, or
// in quotes if it is long or could be taken for a part of the sentence, as in
// "Worsening" or worse.
func said(label string) string {
	low := strings.ToLower(label)
	if len(strings.Fields(label)) > maxPlainWords || strings.Contains(low, "wors") || strings.Contains(low, "better") {
		return quoted(label)
	}
	return remark(label)
}

// remark is a band's or a grade's label, which stands in brackets.
func remark(label string) string {
	if strings.ContainsAny(label, ",;:()\"") || strings.Contains(label, " or ") || strings.Contains(label, " and ") {
		return quoted(label)
	}
	return lowerFirst(label)
}

func quoted(text string) string { return `"` + strings.ReplaceAll(text, `"`, "'") + `"` }

// numberWords writes intervals of a number, a total, a grade or a score.
type numberWords struct {
	domain   Interval
	decimals int
	unit     string

	bands         []Band
	better, worse string   // which way the bands go
	grades        []Option // of an item
}

func (w numberWords) among(ranges []Interval) string {
	pieces := make([]string, len(ranges))
	for i, r := range ranges {
		pieces[i] = w.interval(r)
	}
	return orList(pieces)
}

func (w numberWords) interval(r Interval) string {
	from, to := formatDecimal(r.From, w.decimals), formatDecimal(r.To, w.decimals)
	var text string
	switch {
	case r.From == r.To:
		text = withUnit(from, w.unit)
	case r.To == w.domain.To:
		text = "at least " + withUnit(from, w.unit)
	case r.From == w.domain.From:
		text = "at most " + withUnit(to, w.unit)
	default:
		text = fmt.Sprintf("between %s and %s", from, withUnit(to, w.unit))
	}
	if names := w.names(r); names != "" {
		text += " (" + names + ")"
	}
	return text
}

// names gives the bands that make up the interval exactly, or the grade at
// its edge.
func (w numberWords) names(r Interval) string {
	switch {
	case w.grades != nil && r.From == w.domain.From:
		return remark(w.grades[r.To].Label)
	case w.grades != nil && (r.From == r.To || r.To == w.domain.To):
		return remark(w.grades[r.From].Label)
	}
	first, last := -1, -1
	for i, b := range w.bands {
		if b.From == r.From {
			first = i
		}
		if b.To == r.To {
			last = i
		}
	}
	switch {
	case first < 0 || last < first:
		return ""
	case first == last:
		return remark(w.bands[first].Label)
	case last == len(w.bands)-1:
		return remark(w.bands[first].Label) + " or " + w.worse
	case first == 0:
		return remark(w.bands[last].Label) + " or " + w.better
	case last == first+1:
		return remark(w.bands[first].Label) + " or " + remark(w.bands[last].Label)
	}
	return remark(w.bands[first].Label) + " to " + remark(w.bands[last].Label)
}

func (p *Pack) describeIncludes(c *Includes, negated bool) string {
	q := p.Slots[c.Slot].Question
	labels, noun := saidLabels(q, c.Mask), q.Noun()
	switch {
	case len(labels) == 1 && negated:
		return clause(noun, "does not include", labels[0])
	case len(labels) == 1:
		return clause(noun, "includes", labels[0])
	case c.All && negated:
		return clause(noun, "does not include", "all of "+andList(labels))
	case c.All:
		return clause(noun, "includes", andList(labels))
	case len(labels) == len(q.Options) && negated:
		return clause(noun, "is", "none of these")
	case len(labels) == len(q.Options):
		return clause(noun, "includes", "any")
	case negated:
		return clause(noun, "includes", "none of "+andList(labels))
	}
	return clause(noun, "includes", orList(labels))
}

// saidLabels are the options in mask.
func saidLabels(q *Question, mask Value) (labels []string) {
	for i, o := range q.Options {
		if mask&(1<<i) != 0 {
			labels = append(labels, said(o.Label))
		}
	}
	return labels
}

func (p *Pack) describeAnswered(c *Answered, negated bool) string {
	if c.Want == negated {
		return clause(p.subject(c.Slot), "is", "not answered")
	}
	return clause(p.subject(c.Slot), "is", "answered")
}

// plurals are the verbs of sentences about several things.
var plurals = map[string]string{"is": "are", "includes": "include", "does not include": "do not include"}

// clause joins a subject, a verb and the rest.
func clause(subject, verb, rest string) string {
	if isPlural(subject) {
		verb = plurals[verb]
	}
	return subject + " " + verb + " " + rest
}

// isPlural guesses from the letters whether a noun is in the plural: its head,
// which ends where a preposition begins, ends in an s that singulars do not
// have. A wrong guess costs a letter.
func isPlural(noun string) bool {
	var head string
	for i, word := range strings.Fields(noun) {
		if i == 0 && (word == "what" || word == "whether") || i > 0 && slices.Contains(prepositions, word) {
			break
		}
		head = word
	}
	if !strings.HasSuffix(head, "s") || len(head) < 4 {
		return false
	}
	before := head[len(head)-2]
	return strings.IndexByte("sui'", before) < 0 && (before < '0' || before > '9') && strings.ToLower(head[1:]) == head[1:]
}

var prepositions = []string{"of", "for", "in", "to", "with", "at", "from", "by", "on", "between", "during", "within", "after", "before", "item", "total"}

func orList(words []string) string  { return wordList(words, " or ") }
func andList(words []string) string { return wordList(words, " and ") }

// wordList writes "a, b or c".
func wordList(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	n := len(words) - 1
	return strings.Join(words[:n], ", ") + last + words[n]
}
