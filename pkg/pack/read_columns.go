package pack

import (
	"fmt"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
)

// Columns say what the columns of a table from another program hold, and how
// it spells the answers.
type Columns struct {
	ID      string                       // the column with the ids of the records; may be empty
	To      map[string]string            // column → question, item, question___option, id, date or placed
	Codes   map[string]map[string]string // column → what stands in it → the answer; "" is missing
	Ignore  []string                     // columns that hold nothing to be read
	Missing []string                     // what stands for no answer, in any column
}

// OptionMark stands between a multiple choice and one of its options in the
// name of a column, as REDCap writes it.
const OptionMark = "___"

// ReadColumns reads what the columns of a table hold from YAML: a mapping with
// columns, id, ignore and missing. name is what the file is called in
// diagnostics; src, if not nil, receives the text. A question that is none, a
// code that stands for no answer of its question and a column that is named
// twice are diagnostics, all of them at once.
func (p *Pack) ReadColumns(name string, data []byte, src *diag.Sources) (Columns, []diag.Diagnostic) {
	src.Add(name, data)
	out := Columns{To: map[string]string{}, Codes: map[string]map[string]string{}}
	top, ds := parseYAML(name, data)
	if top != nil {
		r := newReader(p, name, data)
		m := columnReader{out: &out, holds: map[string]diag.Span{}, named: map[string]diag.Span{}}
		m.file(cursor{r: r, node: top})
		ds = append(ds, r.ds...)
	}
	diag.Sort(ds)
	return out, ds
}

// columnReader reads one file about columns.
type columnReader struct {
	out   *Columns
	holds map[string]diag.Span // what is held → where the first column is said to hold it
	named map[string]diag.Span // column → where it is named first
}

func (m *columnReader) file(c cursor) {
	f, ok := c.fields("columns", "id", "ignore", "missing")
	if !ok {
		return
	}
	f.get("columns").entries("a mapping of columns to questions", func(at cursor) {
		if m.once(at, at.key) {
			m.column(at)
		}
	})
	if at := f.get("id"); at.present() {
		if m.out.ID = at.text(); m.out.ID != "" {
			m.once(at, at.node)
			m.hold(at, wordID)
		}
	}
	f.get("ignore").elements(func(at cursor) {
		if name := at.text(); name != "" && m.once(at, at.node) {
			m.out.Ignore = append(m.out.Ignore, name)
		}
	})
	f.get("missing").elements(func(at cursor) {
		if text := at.text(); text != "" {
			m.out.Missing = append(m.out.Missing, text)
		}
	})
}

const (
	wordID     = "id"
	wordDate   = "date"
	wordPlaced = "placed" // the level at which a person was cared for from then on
)

// once complains about a column that the file has named before.
func (m *columnReader) once(c cursor, name *yaml.Node) bool {
	before, twice := m.named[name.Value]
	if !twice {
		m.named[name.Value] = c.r.span(name)
		return true
	}
	c.reportAt(name, problem{code: "column-twice", message: fmt.Sprintf("column %s is named twice", quoteShort(name.Value)), related: firstAt(before)})
	return false
}

// hold complains about two columns that hold the same.
func (m *columnReader) hold(c cursor, what string) {
	if before, twice := m.holds[what]; twice {
		c.report(problem{code: "column-twice", message: fmt.Sprintf("two columns for %s", quoteShort(what)), related: firstAt(before)})
		return
	}
	m.holds[what] = c.r.span(c.node)
}

// column reads what one column holds: a word, or a mapping with its codes.
func (m *columnReader) column(c cursor) {
	name := strings.TrimSpace(c.key.Value)
	if c.present() && c.node.Kind != yaml.MappingNode {
		m.question(c, name)
		return
	}
	f, ok := c.fields("question", "codes")
	if !ok {
		return
	}
	parse := m.question(f.need("question"), name)
	codes := map[string]string{}
	f.get("codes").entries("a mapping of codes to answers", func(at cursor) {
		if parse != nil {
			at.code(parse, codes)
		}
	})
	if len(codes) > 0 {
		m.out.Codes[name] = codes
	}
}

// question reads what a column holds, and returns what reads answers to it;
// nil if that is unknown.
func (m *columnReader) question(c cursor, name string) answerParser {
	id := c.text()
	if id == "" {
		return nil
	}
	m.out.To[name] = id
	parse, what := c.heldBy(id)
	if what != "" {
		m.hold(c, what)
	}
	return parse
}

// answerParser says what is wrong with an answer.
type answerParser func(text string) error

// heldBy finds out what a column with this name would hold. A column of ids or
// dates takes no codes.
func (c cursor) heldBy(id string) (parse answerParser, what string) {
	p := c.r.pack
	if slot, ok := p.SlotByID(id); ok {
		return func(text string) error { _, err := p.ParseAnswer(slot, text); return err }, id
	}
	if id == wordID || id == wordDate {
		return func(text string) error {
			return &AnswerError{Question: id, Value: text, Problem: "is a code, and " + id + " takes none"}
		}, id
	}
	if id == wordPlaced {
		return p.parsePlaced, id
	}
	if question, option, ok := strings.Cut(id, OptionMark); ok {
		if q := p.Question(question); q != nil && q.Kind == Multi {
			return c.heldByBox(q, option)
		}
	}
	words := []string{wordID, wordDate, wordPlaced}
	for _, s := range p.Slots {
		words = append(words, s.ID)
	}
	if !c.r.full() {
		c.report(problem{code: "question-unknown", message: fmt.Sprintf("unknown question %s", quoteShort(id)), hint: nearHint(id, words)})
	}
	return nil, ""
}

// parsePlaced says what is wrong with a level; nothing is none.
func (p *Pack) parsePlaced(text string) error {
	if text == "" || p.Level(text) != nil {
		return nil
	}
	ids := levelIDs(p.Levels)
	return &AnswerError{Question: wordPlaced, Value: text, Problem: "is no level", Expected: strings.Join(ids, ", "), Near: diag.Near(text, ids)}
}

// heldByBox is heldBy for one option of a multiple choice, by its id or by its
// number, the first being 1.
func (c cursor) heldByBox(q *Question, option string) (answerParser, string) {
	at := -1
	if n, err := strconv.Atoi(option); err == nil && 1 <= n && n <= len(q.Options) {
		at = n - 1
	}
	ids := q.selectedIDs(1<<len(q.Options) - 1)
	for i, o := range q.Options {
		if o.ID == option {
			at = i
		}
	}
	if at < 0 {
		c.report(problem{code: "answer", message: fmt.Sprintf("%s has no option %s; expected %s, or a number from 1 to %d", q.ID, quoteShort(option), strings.Join(ids, ", "), len(ids)),
			hint: nearHint(option, ids)})
		return nil, ""
	}
	return func(text string) error {
		switch text {
		case "1", "0", "":
			return nil
		}
		if _, wrong := parseYesNo(text); wrong != nil {
			wrong.Value, wrong.Expected = text, "yes or no, whether the option is selected"
			return wrong
		}
		return nil
	}, q.ID + OptionMark + q.Options[at].ID
}

// code reads what one code stands for: an answer, or null for none.
func (c cursor) code(parse answerParser, codes map[string]string) {
	text, code := "", strings.TrimSpace(c.key.Value)
	switch {
	case !c.present():
		return
	case code == "":
		c.reportKey(problem{code: "answer", message: "an empty cell is always missing; expected a code"})
		return
	case c.node.Kind != yaml.ScalarNode:
		c.wants("one answer, or null where the code stands for none")
		return
	case !c.isNull():
		text = c.node.Value
	}
	switch err := parse(text).(type) {
	case nil:
		codes[code] = text
	case *AnswerError:
		c.reportAnswer(err)
	}
}
