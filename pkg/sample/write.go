package sample

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Formats are the forms in which assessments are written: as tables with commas
// or tabs, or as JSON Lines.
func Formats() []string { return []string{"csv", "tsv", "jsonl"} }

// Write writes the next n assessments of g, each with an id that counts them
// from s000001 on.
//
// A table has a first line with the names of the columns: id, then the
// questions in the order of the pack, and right after an instrument its items.
// Cells are as Pack.FormatAnswer writes them: empty where there is no answer, a
// multiple choice as ids separated by semicolons or none. A line of JSON Lines
// is a mapping that Pack.ReadAnswers reads: {"id": …, "answers": {…}}.
//
// It holds a few hundred lines in memory, whatever n is, writes whole lines
// only, and stops with the context's error once that is done. The other errors
// are w's, and that there is no such format.
func Write(ctx context.Context, w io.Writer, g *Generator, format string, n int) error {
	f, err := newForm(g.pack, format)
	if err != nil {
		return err
	}
	const most = 64 << 10
	buf := f.head(make([]byte, 0, 2*most))
	a := g.pack.NewAnswers()
	for range n {
		g.Next(a)
		buf = f.line(buf, g.drawn, a)
		if len(buf) < most {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := w.Write(buf); err != nil {
			return err
		}
		buf = buf[:0]
	}
	_, err = w.Write(buf)
	return err
}

// form is how assessments are spelled, with every text made beforehand.
type form struct {
	pack      *pack.Pack
	json      bool
	separator byte
	slots     []slotForm
}

type slotForm struct {
	key     string   // JSON: what stands before the answer
	texts   []string // by value, from Min on; nil where there are too many
	options []string // of a multiple choice; nil for others
	none    string   // of them
	unasked string   // not assessed
}

// maxTexts is how many texts of one slot are made beforehand.
const maxTexts = 1 << 12

func newForm(p *pack.Pack, format string) (*form, error) {
	if !slices.Contains(Formats(), format) {
		return nil, fmt.Errorf("no format %q for assessments; expected one of %s", format, strings.Join(Formats(), ", "))
	}
	f := &form{pack: p, json: format == "jsonl", separator: ','}
	if format == "tsv" {
		f.separator = '\t'
	}
	for i := range p.Slots {
		f.slots = append(f.slots, f.slot(i))
	}
	return f, nil
}

func (f *form) slot(i int) slotForm {
	s := &f.pack.Slots[i]
	out := slotForm{unasked: f.text(i, pack.NotAssessed)}
	if f.json {
		out.key = quoted(s.ID) + ":"
	}
	switch {
	case s.Question.Kind == pack.Multi:
		out.none, out.options = f.text(i, 0), f.options(s.Question)
	case s.Max-s.Min < maxTexts:
		for v := s.Min; v <= s.Max; v++ {
			out.texts = append(out.texts, f.text(i, v))
		}
	}
	return out
}

// options are the texts of a multiple choice's, nil where one of them needs
// quotes in a table: then the whole cell does.
func (f *form) options(q *pack.Question) (texts []string) {
	for _, o := range q.Options {
		switch {
		case f.json:
			texts = append(texts, quoted(o.ID))
		case f.cell(o.ID) != o.ID:
			return nil
		default:
			texts = append(texts, o.ID)
		}
	}
	return texts
}

// text is an answer as it stands in a line.
func (f *form) text(slot int, v pack.Value) string {
	if !f.json {
		return f.cell(f.pack.FormatAnswer(slot, v))
	}
	data, _ := json.Marshal(f.pack.AnswerJSON(slot, v))
	return string(data)
}

// quoted writes text as JSON does, which always can be done.
func quoted(text string) string {
	data, _ := json.Marshal(text)
	return string(data)
}

// cell puts quotes around what a table could not hold without. No id that a
// pack's file may give needs them.
func (f *form) cell(text string) string {
	if !strings.ContainsAny(text, "\"\r\n"+string(f.separator)) {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}

// head is the line with the names of the columns.
func (f *form) head(b []byte) []byte {
	if f.json {
		return b
	}
	b = append(b, f.idColumn()...)
	for i := range f.pack.Slots {
		b = append(b, f.separator)
		b = append(b, f.cell(f.pack.Slots[i].ID)...)
	}
	return append(b, '\n')
}

// idColumn is the name of the first column, which may not be a question's.
func (f *form) idColumn() string {
	name := "id"
	for {
		if _, taken := f.pack.SlotByID(name); !taken {
			return name
		}
		name = "assessment_" + name
	}
}

func (f *form) line(b []byte, number int, a pack.Answers) []byte {
	if f.json {
		return f.object(b, number, a)
	}
	b = appendID(b, number)
	for i := range f.slots {
		b = append(b, f.separator)
		switch v := a[i]; v {
		case pack.Missing:
		case pack.NotAssessed:
			b = append(b, f.slots[i].unasked...)
		default:
			b = f.answer(b, i, v)
		}
	}
	return append(b, '\n')
}

func (f *form) object(b []byte, number int, a pack.Answers) []byte {
	b = append(b, `{"id":"`...)
	b = appendID(b, number)
	b = append(b, `","answers":{`...)
	before := len(b)
	for i := range f.slots {
		if a[i] == pack.Missing {
			continue
		}
		if len(b) > before {
			b = append(b, ',')
		}
		b = append(b, f.slots[i].key...)
		if a[i] == pack.NotAssessed {
			b = append(b, f.slots[i].unasked...)
		} else {
			b = f.answer(b, i, a[i])
		}
	}
	return append(b, "}}\n"...)
}

// answer appends an answer that is there.
func (f *form) answer(b []byte, slot int, v pack.Value) []byte {
	s := &f.slots[slot]
	switch {
	case s.texts != nil:
		return append(b, s.texts[v-f.pack.Slots[slot].Min]...)
	case s.options == nil:
		return append(b, f.text(slot, v)...)
	case v == 0:
		return append(b, s.none...)
	case f.json:
		return append(joined(append(b, '['), s.options, v, ','), ']')
	}
	return joined(b, s.options, v, ';')
}

// joined appends the texts whose bits are set.
func joined(b []byte, texts []string, mask pack.Value, separator byte) []byte {
	first := true
	for i, t := range texts {
		if mask>>i&1 == 0 {
			continue
		}
		if !first {
			b = append(b, separator)
		}
		b, first = append(b, t...), false
	}
	return b
}

// appendID writes the number of an assessment, in six digits or more.
func appendID(b []byte, number int) []byte {
	b = append(b, 's')
	for floor := 100_000; floor > number && floor > 1; floor /= 10 {
		b = append(b, '0')
	}
	return strconv.AppendInt(b, int64(number), 10)
}
