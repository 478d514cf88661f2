package compare

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Reader reads assessments as answers to two packs. What a pack cannot take is
// no problem if the other can: the answer is foreign to it. An answer that
// neither takes, or a row that is no assessment at all, is a problem of the
// row.
type Reader struct {
	packs [2]*pack.Pack
	slots [2]map[string]int
}

// NewReader returns a reader for the answers to two packs.
func NewReader(old, new *pack.Pack) *Reader {
	r := &Reader{packs: [2]*pack.Pack{old, new}}
	for s, p := range r.packs {
		r.slots[s] = map[string]int{}
		for i, slot := range p.Slots {
			r.slots[s][slot.ID] = i
		}
	}
	return r
}

// maxRow bounds one assessment in bytes; a real one has a few kilobytes.
const maxRow = 1 << 20

// Lines yields the assessments of JSON Lines: one object a line, as answers
// files hold it. Empty lines are passed over. name is what the input is called
// in diagnostics. The error is that of in.
func (r *Reader) Lines(name string, in io.Reader) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		lines := bufio.NewReaderSize(in, 1<<16)
		for n := 1; ; n++ {
			line, long, err := readLine(lines)
			if err != nil && !errors.Is(err, io.EOF) {
				yield(Row{}, fmt.Errorf("reading %s: %w", name, err))
				return
			}
			if n == 1 {
				line = bytes.TrimPrefix(line, []byte("\ufeff"))
			}
			if len(bytes.TrimSpace(line)) > 0 && !yield(r.line(name, n, line, long), nil) {
				return
			}
			if err != nil {
				return
			}
		}
	}
}

// readLine reads a line without its end. Of one that is too long it keeps the
// beginning.
func readLine(in *bufio.Reader) (line []byte, long bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if room := maxRow - len(line); len(part) > room {
			part, long = part[:max(room, 0)], true
		}
		line = append(line, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimRight(line, "\r\n"), long, err
		}
	}
}

func (r *Reader) line(name string, n int, line []byte, long bool) Row {
	at := diag.Span{File: name, Line: n, Col: 1, EndLine: n, EndCol: utf8.RuneCount(line) + 1}
	if long {
		return badRow(at, "row-large", fmt.Sprintf("the line has more than %d MiB", maxRow>>20), "each line holds one assessment")
	}
	if row, ok := r.plain(line); ok {
		row.At = at
		return row
	}
	var syntax *json.SyntaxError
	if err := json.Unmarshal(line, new(json.RawMessage)); errors.As(err, &syntax) {
		before := line[:max(0, min(int(syntax.Offset)-1, len(line)))]
		if syntax.Error() == "unexpected end of JSON input" {
			before = line
		}
		at.Col = utf8.RuneCount(before) + 1
		at.EndCol = at.Col + 1
		return badRow(at, "row-json", "this is no JSON: "+strings.TrimPrefix(syntax.Error(), "json: "), `each line holds one assessment as a JSON object, {"id": "…", "answers": {…}}`)
	}
	row := r.One(name, line)
	row.At = at
	for i := range row.Problems {
		shift(&row.Problems[i].At, n-1)
		for k := range row.Problems[i].Related {
			shift(&row.Problems[i].Related[k].At, n-1)
		}
		if p := &row.Problems[i]; p.At.Line == 0 {
			p.At = at
		}
	}
	return row
}

func shift(s *diag.Span, lines int) {
	if s.Line > 0 {
		s.Line, s.EndLine = s.Line+lines, s.EndLine+lines
	}
}

func badRow(at diag.Span, code, message, hint string) Row {
	return Row{At: at, Problems: []diag.Diagnostic{{Code: code, At: at, Message: message, Hint: hint}}}
}

// One reads the assessment in an answers file, YAML or JSON.
func (r *Reader) One(name string, data []byte) Row {
	row := Row{At: diag.Span{File: name}}
	var problems [2][]diag.Diagnostic
	row.Answers, row.ID, problems = r.read(name, data, "")
	// A file that says which of the packs it was made with is read by both.
	for _, id := range []string{r.packs[Old].ID, r.packs[New].ID} {
		if slices.ContainsFunc(append(problems[Old], problems[New]...), isOtherPack) {
			row.Answers, row.ID, problems = r.read(name, data, id)
		}
	}
	return r.settle(row, problems)
}

func isOtherPack(d diag.Diagnostic) bool { return d.Code == "answers-pack" }

// read reads answers under both packs; under the name of a third where as says
// so.
func (r *Reader) read(name string, data []byte, as string) (answers [2]pack.Answers, id string, problems [2][]diag.Diagnostic) {
	for s, p := range r.packs {
		if as != "" {
			named := *p
			named.ID = as
			p = &named
		}
		sheet, ds := p.ReadAnswers(name, data, nil)
		answers[s], id, problems[s] = sheet.Answers, sheet.ID, ds
	}
	return answers, id, problems
}

// settle tells the problems of a row from answers that are foreign to one of
// the packs.
func (r *Reader) settle(row Row, problems [2][]diag.Diagnostic) Row {
	var wrong [2]map[string]bool
	for s := range wrong {
		wrong[s] = map[string]bool{}
		for _, d := range problems[s] {
			wrong[s][questionOf(d)] = true
		}
	}
	for _, s := range []Side{New, Old} { // New's words win
		foreign := map[string]bool{}
		for _, d := range problems[s] {
			id := questionOf(d)
			switch asked := r.knows(1-s, id); {
			case isForeign(d) && asked && !wrong[1-s][id]:
				foreign[id] = true
			case d.Code == "question-unknown" && asked:
				// The other pack, which asks it, says what is wrong.
			case !slices.ContainsFunc(row.Problems, func(p diag.Diagnostic) bool { return p.At == d.At && p.Code == d.Code }):
				row.Problems = append(row.Problems, d)
			}
		}
		row.Foreign[s] = slices.Sorted(maps.Keys(foreign))
	}
	diag.Sort(row.Problems)
	if len(row.Problems) > 0 {
		row.Answers = [2]pack.Answers{}
	}
	return row
}

func (r *Reader) knows(s Side, id string) bool {
	_, ok := r.slots[s][id]
	return ok
}

// isForeign reports whether a problem is one of an answer that could be right
// elsewhere. A total that contradicts its items could not.
func isForeign(d diag.Diagnostic) bool {
	return d.Code == "question-unknown" || d.Code == "answer" || d.Code == "type"
}

// questionOf is the key of the answer that a problem is about, or one that is
// no question's.
func questionOf(d diag.Diagnostic) string {
	path := strings.TrimPrefix(d.Path, "answers.")
	if i := strings.IndexAny(path, ".["); i >= 0 {
		return path[:i]
	}
	return path
}
