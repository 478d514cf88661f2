package pack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
)

// sheetKeys are what a file may say beside its answers.
var sheetKeys = []string{"schema", "id", "date", "draft", "pack", "recommendation", "placement", "notes", "answers"}

// MaxIDLength bounds the id of an assessment, in characters: it stands in
// headings and table cells.
const MaxIDLength = 100

// ReadAnswers reads one person's answers from YAML or JSON: a mapping of
// questions and items to answers, bare or under the key answers, where schema,
// id, date, draft, pack, recommendation, placement and notes may stand beside
// it. name is what the file is called in diagnostics; src, if not nil, receives
// the text.
//
// Nothing is guessed and nothing unknown passed over: what cannot be read is a
// diagnostic, all of them at once, and an answer that is wrong stays missing in
// the sheet. Answers to the questions of another pack are refused as a whole.
// A placement that does not fit what the sheet recommends is an error; at a
// level that the pack does not have, it is one only if the sheet was made with
// this very pack, and else a warning.
func (p *Pack) ReadAnswers(name string, data []byte, src *diag.Sources) (Sheet, []diag.Diagnostic) {
	src.Add(name, data)
	data = yamlEscapes(data)
	sheet := Sheet{Answers: p.NewAnswers()}
	top, ds := parseYAML(name, data)
	if top != nil {
		r := newReader(p, name, data)
		cursor{r: r, node: top}.sheet(&sheet)
		ds = append(ds, r.ds...)
	}
	diag.Sort(ds)
	return sheet, ds
}

func (c cursor) sheet(s *Sheet) {
	if !c.present() {
		return
	}
	if c.node.Kind != yaml.MappingNode {
		c.wants("a mapping of questions to answers")
		return
	}
	if c.isBare() {
		readAnswersNode(c.r, c.node, s.Answers)
		return
	}
	var answers, placement cursor
	for i := 0; i+1 < len(c.node.Content); i += 2 {
		at := c.child(c.node.Content[i], c.node.Content[i+1])
		switch at.key.Value {
		case "answers":
			answers = at
		case "placement": // held against the other fields, wherever they stand
			placement = at
		default:
			at.sheetField(s)
		}
	}
	placement.placement(s)
	switch {
	case answers.r == nil:
		c.report(problem{code: "answers-missing", message: "the key answers is missing; expected a mapping of questions to answers"})
	case !c.isOtherPack(s.Pack):
		answers.answers(s.Answers)
	}
}

// isBare reports whether the file holds answers and nothing else. No question
// can be called answers.
func (c cursor) isBare() bool {
	for i := 0; i < len(c.node.Content); i += 2 {
		key := c.node.Content[i].Value
		if _, isQuestion := c.r.pack.SlotByID(key); key == "answers" || key == "schema" && !isQuestion {
			return false
		}
	}
	return true
}

// isOtherPack reports whether the answers are to the questions of another
// pack; a list of all the questions that this one does not have would only
// hide that.
func (c cursor) isOtherPack(made Identity) bool {
	return made.ID != "" && made.ID != c.r.pack.ID
}

func (c cursor) sheetField(s *Sheet) {
	if !c.present() {
		return
	}
	switch c.key.Value {
	case "schema":
		c.schema()
	case "id":
		c.shortText(&s.ID)
	case "date":
		c.date(&s.Date)
	case "draft":
		c.draft(&s.Draft)
	case "pack":
		c.identity(&s.Pack)
	case "recommendation":
		s.Recommended = c.recommended()
	case "notes":
		c.notes(&s.Notes)
	default:
		c.unknownSheetKey()
	}
}

func (c cursor) unknownSheetKey() {
	p := problem{code: "key-unknown", message: fmt.Sprintf("unknown key %s; expected one of %s", quoteShort(c.key.Value), strings.Join(sheetKeys, ", "))}
	if _, isQuestion := c.r.pack.SlotByID(c.key.Value); isQuestion {
		p.hint = "it is a question; its place is below answers"
	} else if near := diag.Near(c.key.Value, sheetKeys); near != "" {
		p.hint = didYouMean(near)
	}
	c.reportAt(c.key, p)
}

func (c cursor) schema() {
	if !c.isWord() || c.node.Value != SheetSchema {
		c.report(problem{code: "answers-schema", message: fmt.Sprintf("found %s; expected %s", what(c.node), SheetSchema), hint: "answers from another program go into a file without schema"})
	}
}

// shortText reads an id or a version: one line, whatever YAML makes of it, so
// that 4711 and 1.0 need no quotes.
func (c cursor) shortText(to *string) {
	if !c.isWord() || c.node.Tag == "!!bool" {
		c.wants("a word")
		return
	}
	if strings.ContainsAny(c.node.Value, "\n\t") || utf8.RuneCountInString(c.node.Value) > MaxIDLength {
		c.report(problem{code: "type", message: fmt.Sprintf("found more than one line, or more than %d characters; expected a word", MaxIDLength)})
		return
	}
	*to = c.node.Value
}

func (c cursor) date(to *string) {
	if c.isWord() {
		if _, err := time.Parse(time.DateOnly, c.node.Value); err == nil {
			*to = c.node.Value
			return
		}
	}
	c.report(problem{code: "answers-date", message: fmt.Sprintf("found %s; expected a date as YYYY-MM-DD", what(c.node))})
}

func (c cursor) draft(to *bool) {
	switch {
	case c.isWord() && (c.node.Value == "true" || c.node.Value == "yes"):
		*to = true
	case c.isWord() && (c.node.Value == "false" || c.node.Value == "no"):
		*to = false
	default:
		c.wants("true or false")
	}
}

func (c cursor) notes(to *string) {
	switch {
	case c.isNull():
	case c.node.Kind != yaml.ScalarNode:
		c.wants("text")
	default:
		*to = c.node.Value
	}
}

func (c cursor) identity(to *Identity) {
	if c.node.Kind != yaml.MappingNode {
		c.wants("a mapping with id, version and hash")
		return
	}
	keys := []string{"id", "version", "hash"}
	for i := 0; i+1 < len(c.node.Content); i += 2 {
		at := c.child(c.node.Content[i], c.node.Content[i+1])
		n := slices.Index(keys, at.key.Value)
		if n < 0 {
			at.reportAt(at.key, problem{code: "key-unknown", message: fmt.Sprintf("unknown key %s; expected one of id, version, hash", quoteShort(at.key.Value)), hint: nearHint(at.key.Value, keys)})
			continue
		}
		if at.present() {
			at.shortText([]*string{&to.ID, &to.Version, &to.Hash}[n])
		}
		if n == 0 && c.isOtherPack(*to) {
			at.report(problem{code: "answers-pack", message: fmt.Sprintf("these are answers to the questions of %s; the rules in use are %s", quoteShort(to.ID), c.r.pack.ID),
				hint: "use the rules that they were made with, or remove pack if the questions are the same"})
		}
	}
}

// yamlEscapes makes JSON readable as YAML, which it is but for characters
// beyond U+FFFF in escapes: JSON writes two of them, \ud83d\ude00, and YAML
// one, \U0001f600. Text that is not JSON is returned as it is.
func yamlEscapes(data []byte) []byte {
	if !bytes.Contains(data, []byte(`\u`)) || !json.Valid(data) {
		return data
	}
	out := make([]byte, 0, len(data))
	for i := 0; i < len(data); i++ {
		if data[i] != '\\' {
			out = append(out, data[i])
			continue
		}
		high, low := escaped(data[i:]), escaped(data[min(i+6, len(data)):])
		if r := utf16.DecodeRune(high, low); r != utf8.RuneError {
			out = fmt.Appendf(out, `\U%08x`, r)
			i += 11
			continue
		}
		out = append(out, data[i], data[i+1]) // valid JSON: something follows
		i++
	}
	return out
}

// escaped returns the character that an escape of the form \uhhhh at the start
// of data stands for, or 0.
func escaped(data []byte) rune {
	if len(data) < 6 || data[0] != '\\' || data[1] != 'u' {
		return 0
	}
	n, err := strconv.ParseUint(string(data[2:6]), 16, 32)
	if err != nil {
		return 0
	}
	return rune(n)
}
