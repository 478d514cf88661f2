package pack

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The words for answers that every kind of question shares.
const (
	wordYes         = "yes"
	wordNo          = "no"
	wordNone        = "none" // of the options of a multiple choice
	wordNotAssessed = "not_assessed"
)

// FormatAnswer returns the canonical text of an answer, which ParseAnswer reads
// back to the same value: yes or no, an option's id, ids separated by
// semicolons or none for a multiple choice, a number without its unit,
// not_assessed, or the empty text where the answer is missing. A value outside
// the slot's domain comes out as a bare number.
func (p *Pack) FormatAnswer(slot int, v Value) string {
	switch q := p.Slots[slot].Question; {
	case v == Missing:
		return ""
	case v == NotAssessed:
		return wordNotAssessed
	case p.Slots[slot].IsItem() || !p.inDomain(slot, v):
		return strconv.FormatInt(int64(v), 10)
	case q.Kind == YesNo:
		return yesOrNo(v)
	case q.Kind == Scale || q.Kind == Choice:
		return q.Options[v].ID
	case q.Kind == Multi && v == 0:
		return wordNone
	case q.Kind == Multi:
		return strings.Join(q.selectedIDs(v), ";")
	default:
		return formatDecimal(v, q.Decimals)
	}
}

// AnswerLabel returns an answer for people to read: "yes", an option's label,
// labels separated by semicolons, a number with its unit, a total with its
// band, a grade with its label, "not assessed", or "not answered" where the
// answer is missing. It is the pack's text and may hold anything that a pack
// may; who prints it cleans it.
func (p *Pack) AnswerLabel(slot int, v Value) string {
	q := p.Slots[slot].Question
	switch {
	case v == Missing:
		return "not answered"
	case v == NotAssessed:
		return "not assessed"
	case !p.inDomain(slot, v):
		return strconv.FormatInt(int64(v), 10)
	case p.Slots[slot].IsItem():
		return withRemark(v, q.Grades[v].Label)
	}
	switch q.Kind {
	case YesNo:
		return yesOrNo(v)
	case Scale, Choice:
		return q.Options[v].Label
	case Multi:
		return q.selectedLabels(v)
	case Instrument:
		return withRemark(v, bandLabel(q.Bands, v))
	default:
		return withUnit(formatDecimal(v, q.Decimals), q.Unit)
	}
}

// EncodeAnswers returns the answers as a YAML mapping in the order of the
// slots, one line each with its label as a comment, below the title of its
// section. Missing answers are left out, those not assessed are kept, and
// ReadAnswers reads the text back to the same answers.
func (p *Pack) EncodeAnswers(a Answers) []byte {
	var b strings.Builder
	var section *Section
	for i, s := range p.Slots {
		if a[i] == Missing {
			continue
		}
		if s.Question.Section != section && s.Question.Section != nil {
			section = s.Question.Section
			fmt.Fprintf(&b, "# %s\n", oneLine(section.Title))
		}
		value := p.yamlAnswer(i, a[i])
		fmt.Fprintf(&b, "%s: %s", yamlWord(s.ID), value)
		if label := oneLine(p.AnswerLabel(i, a[i])); label != value && a[i].Known() {
			fmt.Fprintf(&b, "  # %s", label)
		}
		b.WriteByte('\n')
	}
	if b.Len() == 0 {
		return []byte("{}\n")
	}
	return []byte(b.String())
}

func (p *Pack) yamlAnswer(slot int, v Value) string {
	q := p.Slots[slot].Question
	text := p.FormatAnswer(slot, v)
	switch {
	case !v.Known() || p.Slots[slot].IsItem() || q.Kind == YesNo:
		return text
	case q.Kind == Scale || q.Kind == Choice:
		return yamlWord(text)
	case q.Kind == Multi && v != 0:
		ids := q.selectedIDs(v)
		for i := range ids {
			ids[i] = yamlWord(ids[i])
		}
		return "[" + strings.Join(ids, ", ") + "]"
	}
	return text
}

// AnswerJSON returns an answer as encoding/json writes it: "yes" or "no", an
// option's id, a list of ids, a number, or nil where there is no answer.
func (p *Pack) AnswerJSON(slot int, v Value) any {
	q := p.Slots[slot].Question
	switch {
	case !v.Known():
		return nil
	case p.Slots[slot].IsItem() || q.Kind == Number || q.Kind == Instrument:
		return json.Number(p.FormatAnswer(slot, v))
	case q.Kind == Multi:
		return q.selectedIDs(v)
	}
	return p.FormatAnswer(slot, v)
}

// AnswersJSON returns the answers as a JSON object in the order of the slots,
// which a Go map would lose. Missing answers are left out, those not assessed
// are null, and ReadAnswers reads the text back to the same answers.
func (p *Pack) AnswersJSON(a Answers) json.RawMessage {
	b := []byte{'{'}
	for i, s := range p.Slots {
		if a[i] == Missing {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(strconv.AppendQuote(b, s.ID), ':')
		b = appendJSON(b, p.AnswerJSON(i, a[i]))
	}
	return append(b, '}')
}

// appendJSON writes what AnswerJSON returns. Ids need no escapes.
func appendJSON(b []byte, v any) []byte {
	switch v := v.(type) {
	case json.Number:
		return append(b, v...)
	case string:
		return strconv.AppendQuote(b, v)
	case []string:
		b = append(b, '[')
		for i, id := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = strconv.AppendQuote(b, id)
		}
		return append(b, ']')
	}
	return append(b, "null"...)
}

// inDomain reports whether v is an answer that the slot can have.
func (p *Pack) inDomain(slot int, v Value) bool {
	s := &p.Slots[slot]
	return v >= s.Min && v <= s.Max
}

func yesOrNo(v Value) string {
	if v == 1 {
		return wordYes
	}
	return wordNo
}

// selectedIDs returns the ids of the options in mask, in the order of the
// question; an empty list, not nil, for none of them.
func (q *Question) selectedIDs(mask Value) []string {
	ids := []string{}
	for i, o := range q.Options {
		if mask&(1<<i) != 0 {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// selectedLabels joins by semicolons because labels are full of commas.
func (q *Question) selectedLabels(mask Value) string {
	var labels []string
	for i, o := range q.Options {
		if mask&(1<<i) != 0 {
			labels = append(labels, o.Label)
		}
	}
	if len(labels) == 0 {
		return "none of these"
	}
	return strings.Join(labels, "; ")
}

// formatDecimal writes v, in units of 10^-decimals, without zeros at its end.
func formatDecimal(v Value, decimals int) string {
	if decimals == 0 {
		return strconv.FormatInt(int64(v), 10)
	}
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	digits := fmt.Sprintf("%0*d", decimals+1, int64(v))
	whole, fraction := digits[:len(digits)-decimals], strings.TrimRight(digits[len(digits)-decimals:], "0")
	if fraction == "" {
		return sign + whole
	}
	return sign + whole + "." + fraction
}

// singulars are the units that read badly after a 1.
var singulars = map[string]string{
	"times": "time", "minutes": "minute", "hours": "hour", "days": "day", "weeks": "week", "months": "month", "years": "year",
	"points": "point", "sessions": "session", "contacts": "contact", "drinks": "drink", "crises": "crisis",
}

func withUnit(number, unit string) string {
	if one := singulars[unit]; number == "1" && one != "" {
		unit = one
	}
	if unit == "" {
		return number
	}
	return number + " " + unit
}

func withRemark(v Value, label string) string {
	number := strconv.FormatInt(int64(v), 10)
	if label == "" || label == number {
		return number
	}
	return number + " (" + lowerFirst(label) + ")"
}

func bandLabel(bands []Band, v Value) string {
	for _, b := range bands {
		if b.From <= v && v <= b.To {
			return b.Label
		}
	}
	return ""
}

// lowerFirst makes a label fit inside a sentence. Words such as "DBT", "I" and
// "PHQ-9" stay as they are: only a capital before a small letter is lowered,
// and the article.
func lowerFirst(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[n:])
	if !strings.HasPrefix(s, "A ") && (!unicode.IsUpper(first) || !unicode.IsLower(second)) {
		return s
	}
	return string(unicode.ToLower(first)) + s[n:]
}

// yamlWord quotes an id that YAML, of one version or another, would read as
// something else than a word.
func yamlWord(id string) string {
	switch id {
	case "null", "true", "false", "yes", "no", "on", "off", "y", "n":
		return `"` + id + `"`
	}
	return id
}

// oneLine makes text fit for a comment: what is not printable, line breaks and
// writing directions among it, becomes a space.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}
