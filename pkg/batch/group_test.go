package batch_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/rules"
	"github.com/google/go-cmp/cmp"
)

// However long the records are, and however they come to be worked on together,
// a record says what it says by itself.
func TestWhatStandsBesideARecordDoesNotMatter(t *testing.T) {
	e := compile(t, rules.Default)
	text := string(sample(e, 140, batch.CSV))
	want, _, err := run(t, e, text, batch.Options{IgnoreUnknown: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, lengths := range [][]int{{0}, {1000}, {5000, 0}, {30_000, 10, 0, 36_000, 70}, {65_000, 3, 66_000, 200, 0, 64_900, 3}, {0, 0, 0, 0, 0, 0, 0, 300_000}} {
		for _, quoted := range []bool{false, true} {
			for _, end := range []string{"\n", "\r\n"} {
				t.Run(fmt.Sprint(lengths, quoted, end), func(t *testing.T) {
					got, _, err := run(t, e, besideNotes(t, text, lengths, quoted, end), batch.Options{IgnoreUnknown: true})
					if err != nil {
						t.Fatal(err)
					}
					if got != want {
						t.Error(cmp.Diff(want, got))
					}
				})
			}
		}
	}
}

// besideNotes puts a column of notes in the middle of a table.
func besideNotes(t *testing.T, text string, lengths []int, quoted bool, end string) string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for i, row := range rows {
		note := "notes"
		if i > 0 {
			note = strings.Repeat("n", lengths[i%len(lengths)])
		}
		if quoted && i > 0 {
			note = `"a ""word"", and` + end + note + `"`
		}
		at := len(row) / 2
		b.WriteString(strings.Join(row[:at], ",") + "," + note + "," + strings.Join(row[at:], ",") + end)
	}
	return b.String()
}

// Around the size of a group every number of records gives as many results, be
// some of them in error, empty lines or too short.
func TestGroupsOfEverySize(t *testing.T) {
	e := compile(t, rules.Default)
	for _, n := range []int{0, 1, 2, 63, 64, 65, 127, 128, 129, 200} {
		for _, every := range []int{0, 1, 2, 7, 64} {
			var in strings.Builder
			var want []string
			in.WriteString("id,suicide_risk,emergency\n")
			for i := range n {
				switch {
				case every > 0 && i%every == every-1 && i%3 == 0:
					fmt.Fprintf(&in, "%d,none\n", i)
					want = append(want, fmt.Sprint(i, " error "))
				case every > 0 && i%every == every-1 && i%3 == 1:
					fmt.Fprintf(&in, "\n%d,nobody,none\n", i)
					want = append(want, fmt.Sprint(i, " error "))
				case i%2 == 0:
					fmt.Fprintf(&in, "%d,none,overdose\n", i)
					want = append(want, fmt.Sprint(i, " determined crisis"))
				default:
					fmt.Fprintf(&in, "%d,,none\n", i)
					want = append(want, fmt.Sprint(i, " undetermined "))
				}
			}
			out, s, err := run(t, e, in.String(), batch.Options{})
			if err != nil || s.Rows != int64(n) {
				t.Fatal(s, err)
			}
			if d := cmp.Diff(want, firstCells(t, out)); d != "" {
				t.Errorf("%d records, every %dth odd: %s", n, every, d)
			}
		}
	}
}

func firstCells(t *testing.T, out string) (lines []string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		lines = append(lines, strings.Join(row[:3], " "))
	}
	return lines
}

// FuzzCellsInGroups reads one column of many records together, and each cell of
// it by itself.
func FuzzCellsInGroups(f *testing.F) {
	for _, seed := range []string{"none\nthoughts\n\nNA\n3\n", "work;childcare\n;\nwork;\nwork;work\nnone;work\nnone\nwork;transport;connection;cost;language;mobility\n", "a\x00\nnone\x00\nnone \n none\n", strings.Repeat("none\n", 70)} {
		f.Add(seed, uint8(3))
		f.Add(seed, uint8(45))
	}
	e := compile(f, rules.Default)
	p := e.Pack()
	f.Fuzz(func(t *testing.T, text string, which uint8) {
		slot := int(which) % len(p.Slots)
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Write([]string{"id", p.Slots[slot].ID})
		cells := strings.Split(text, "\n")
		for i, cell := range cells {
			w.Write([]string{fmt.Sprint(i), cell})
		}
		w.Flush()
		answers, wrong, err := batch.Column(e, slot, &b)
		if err != nil || len(answers) != len(cells) {
			t.Fatalf("%d answers to %d cells, %v", len(answers), len(cells), err)
		}
		alone := batch.NewReader(e, false)
		for i, cell := range cells {
			v, problem := alone.Parse(slot, strings.ReplaceAll(cell, "\r\n", "\n"))
			if answers[i] != v || wrong[i] != problem {
				t.Fatalf("%q of %s: %d and %q in the group, %d and %q by itself", cell, p.Slots[slot].ID, answers[i], wrong[i], v, problem)
			}
		}
	})
}

// Of a text of more than two words a dictionary looks at the ends first. A field
// of whatever length with the same ones is another text, also where it begins a
// window and ends with it.
func TestLongTextsWithTheSameEnds(t *testing.T) {
	e := compile(t, rules.Default)
	tried := 0
	for _, q := range e.Pack().Questions {
		if len(q.Options) == 0 {
			continue
		}
		label := q.Options[0].Label
		if len(label) < 17 || strings.Contains(label, ",") || strings.Contains(label, ";") {
			continue
		}
		tried++
		before := q.ID + "\n" + strings.Repeat(label+"\n", engine.Lanes)
		ends := label[:8] + label[len(label)-8:]
		for _, length := range []int{16, 17, 31, 32, 48, 65_533, 65_534, 65_535, 65_536, 65_537} {
			other := ends + strings.Repeat("x", length-16)
			out, s, err := run(t, e, before+other+"\n", batch.Options{})
			if err != nil || s.Rows != engine.Lanes+1 || s.Errors != 1 {
				t.Errorf("%s, %d bytes with the ends of %q: %v, %v, %.300s", q.ID, length, label, s, err, out)
			}
		}
	}
	if tried == 0 {
		t.Error("no label is long enough")
	}
}
