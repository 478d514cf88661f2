package batch_test

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
	"github.com/klauspost/compress/zstd"
)

// failsSecond writes the id of a record, but not of the second.
func failsSecond(calls *int) func(io.Writer, pack.Sheet) error {
	return func(w io.Writer, s pack.Sheet) error {
		if *calls++; *calls == 2 {
			return errBroken
		}
		_, err := fmt.Fprintf(w, "whole %s\n", s.ID)
		return err
	}
}

func gzipped(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(text))
	z.Close()
	return b.String()
}

func zstandard(tb testing.TB, text string) string {
	tb.Helper()
	z, err := zstd.NewWriter(nil)
	if err != nil {
		tb.Fatal(err)
	}
	return string(z.EncodeAll([]byte(text), nil))
}

func wide(text string, big bool) string {
	var b []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return string(b)
}

// What is around the text says nothing about the result.
func TestWrappings(t *testing.T) {
	e := compile(t, rules.Default)
	for _, in := range []string{mixed(e, 150, batch.CSV), "id,suicide_risk\né𝄞,none\n", "id\n"} {
		want := runAll(e, strings.NewReader(in), batch.Options{})
		if want.err != nil {
			t.Fatal(want.err)
		}
		half := len(in) / 2
		for name, wrapped := range map[string]string{
			"mark": "\ufeff" + in, "gzip": gzipped(in), "zstd": zstandard(t, in), "gzip, mark": gzipped("\ufeff" + in), "zstd, mark": zstandard(t, "\ufeff"+in),
			"gzip in two": gzipped(in[:half]) + gzipped(in[half:]), "zstd in two": zstandard(t, in[:half]) + zstandard(t, in[half:]),
			"UTF-16 LE": wide(in, false), "UTF-16 BE": wide(in, true), "gzip, UTF-16 LE": gzipped(wide(in, false)), "zstd, UTF-16 BE": zstandard(t, wide(in, true)),
		} {
			for _, r := range []io.Reader{strings.NewReader(wrapped), iotest.OneByteReader(strings.NewReader(wrapped)), iotest.DataErrReader(strings.NewReader(wrapped))} {
				leavesNothing(t, func() {
					if got := runAll(e, r, batch.Options{}); got.err != nil || got.out != want.out {
						t.Errorf("%s: %v; %s", name, got.err, firstDifference(want.out, got.out))
					}
				})
			}
		}
	}
}

// A file that is cut off is an error, and never a success.
func TestTruncated(t *testing.T) {
	e := compile(t, rules.Default)
	in := mixed(e, 300, batch.CSV)
	all := runAll(e, strings.NewReader(in), batch.Options{})
	rnd := rand.New(rand.NewPCG(1, 12))
	for name, wrapped := range map[string]string{"gzip": gzipped(in), "zstd": zstandard(t, in), "UTF-16": wide(in, false)} {
		cuts := []int{5, 9, 10, 17, 18, len(wrapped) - 9, len(wrapped) - 8, len(wrapped) - 4, len(wrapped) - 1}
		for range 30 {
			cuts = append(cuts, 5+rnd.IntN(len(wrapped)-5))
		}
		for _, n := range cuts {
			if name == "UTF-16" {
				n |= 1 // half a character at the end
			}
			if n >= len(wrapped) {
				continue
			}
			got := runAll(e, strings.NewReader(wrapped[:n]), batch.Options{})
			if got.err == nil || !strings.HasPrefix(all.out, got.out) {
				t.Errorf("%s: the first %d of %d bytes: %v, %d records", name, n, len(wrapped), got.err, got.summary.Rows)
			}
		}
	}
}

// Half of a pair is a mistake in its record, and in no other.
func TestHalfPairs(t *testing.T) {
	e := compile(t, rules.Default)
	in := "\xff\xfei\x00d\x00\n\x00" + "a\x00\n\x00" + "\x00\xd8b\x00\n\x00" + "\x00\xdc\n\x00" + "\x34\xd8\x1e\xdd\n\x00" + "\x00\xd8"
	got := runAll(e, strings.NewReader(in), batch.Options{})
	if got.err != nil || got.summary.Rows != 5 || got.summary.Errors != 3 || !strings.Contains(got.out, "\n𝄞,undetermined,") {
		t.Errorf("%+v", got)
	}
}

func TestDamaged(t *testing.T) {
	e := compile(t, rules.Default)
	in := mixed(e, 300, batch.CSV)
	for name, wrapped := range map[string]string{"gzip": gzipped(in), "zstd": zstandard(t, in), "gzip, more behind": gzipped(in) + "more", "zstd, more behind": zstandard(t, in) + "more"} {
		b := []byte(wrapped)
		if !strings.HasSuffix(name, "behind") {
			b[len(b)/2] ^= 0xff
		}
		if got := runAll(e, bytes.NewReader(b), batch.Options{}); got.err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestEmptyInput(t *testing.T) {
	e := compile(t, rules.Default)
	const header = "id,status,level,possible,indications,unmet,unknown,deciding,warnings,pack,version,hash,error\n"
	for _, c := range []struct {
		in       string
		input    batch.Format
		out, err string
	}{
		{"", batch.CSV, "", "the input is empty: there is no header"},
		{"\n\r\n\n", batch.CSV, "", "the input is empty: there is no header"},
		{strings.Repeat("\n", 300_000), batch.TSV, "", "the input is empty: there is no header"},
		{"\ufeff", batch.CSV, "", "the input is empty: there is no header"},
		{"id", batch.CSV, header, ""},
		{"id\n\n\n", batch.CSV, header, ""},
		{strings.Repeat("\n", 300_000) + "id\n", batch.CSV, header, ""},
		{"", batch.JSONLines, header, ""},
		{"\n \t\r\n", batch.JSONLines, header, ""},
		{"i\"d\n1\n", batch.CSV, "", `column 1, "": a quote in a field that does not begin with one`},
		{"id,\"d\n1\n", batch.CSV, "", `column 2, "": a quote that is not closed`},
	} {
		got := runAll(e, strings.NewReader(c.in), batch.Options{Input: c.input})
		text := ""
		if got.err != nil {
			text = got.err.Error()
		}
		if got.out != c.out || text != c.err || got.summary.Rows != 0 {
			t.Errorf("%.20q: %q, %q", c.in, got.out, text)
		}
	}
}

var megabytes = flag.Int("megabytes", 40, "how much input the memory is measured over")

// repeated is an input of many megabytes that takes none.
type repeated struct {
	lines      []byte
	at         int
	left, most int64
}

func (r *repeated) Read(b []byte) (int, error) {
	if r.left <= 0 {
		return 0, io.EOF
	}
	n := copy(b, r.lines[r.at:])
	r.at = (r.at + n) % len(r.lines)
	r.left -= int64(n)
	var m runtime.MemStats
	if r.left%(8<<20) < int64(n) {
		runtime.GC()
		runtime.ReadMemStats(&m)
		r.most = max(r.most, int64(m.HeapInuse))
	}
	return n, nil
}

// Memory is the same for any number of records.
func TestMemoryStaysBounded(t *testing.T) {
	size := int64(*megabytes) << 20
	e := compile(t, rules.Default)
	for _, format := range []batch.Format{batch.CSV, batch.JSONLines} {
		lines := sample(e, 2000, format)
		if format == batch.CSV {
			lines = lines[bytes.IndexByte(lines, '\n')+1:]
		}
		in := &repeated{lines: lines, left: size}
		var text io.Reader = in
		if format == batch.CSV {
			text = io.MultiReader(bytes.NewReader(sample(e, 0, format)), in)
		}
		out := runOut(t, e, text, batch.Options{Input: format, Output: format})
		if in.most > 48<<20 {
			t.Errorf("%v: %d MiB in use", format, in.most>>20)
		}
		t.Logf("%v: %d MiB in use, %d rows", format, in.most>>20, out.Rows)
	}
}
