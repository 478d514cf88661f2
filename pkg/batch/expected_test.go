package batch_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
	"github.com/google/go-cmp/cmp"
)

// after are lines that are to be read after others: what was remembered of those
// must not change what they say.
var after = []string{
	`{"id":"a","answers":{"suicide_risk":"none","severity":"mild"}}`, `{"id":"a","answers":{"severity":"mild","suicide_risk":"none"}}`, `{"answers":{"suicide_risk":"none","severity":"mild"},"id":"a"}`,
	`{"suicide_risk":"none","severity":"mild","id":"a"}`, `{"suicide_risk":"none""severity":"mild"}`, `{"suicide_risk":"none" "severity":"mild"}`, `{"suicide_risk":"none",,"severity":"mild"}`, `{,"suicide_risk":"none"}`, `{{"suicide_risk":"none"}}`, `{"suicide_risk":"none"{"severity":"mild"}}`,
	`{"suicide_risk":"none","suicide_risk":"none"}`, `{"suicide_risk":"none","severity":"mild","suicide_risk":"none"}`, `{"severity":"mild","answers":{"severity":"mild"}}`, `{"answers":{"severity":"mild"},"severity":"mild"}`, `{"answers":{"severity":"mild","severity":"mild"}}`,
	`{"id":"a","answers":{"answers":{"severity":"mild"}}}`, `{"id":"a","id":"a"}`, `{"answers":{"id":"a"}}`, `{"date":"2026-01-01","answers":{"date":"2026-01-01"}}`, `{"date":"2026-01-01"}`, `{"date":"2026-01-0"}`, `{"date":"2026-13-01"}`,
	`{ "suicide_risk" : "none" , "severity" : "mild" }`, "{\t\"suicide_risk\":\"none\",\r\"severity\":\t\"mild\"}\r", `{"suicide_risk":"none","severity":"mild"}` + "\r", `{"suicide_risk":"none","severity":"mild"} x`, `{"suicide_risk":"none","severity":"mild"`, `{"suicide_risk":"none","severity":"mild`, `{"suicide_risk":"none","severity":`, `{"suicide_risk":"none","severity"`, `{"suicide_risk":"none",`, `{"suicide_risk":"none"`, `{"suicide_risk":"`,
	`{"suicide_risk":"no\u006ee"}`, `{"suicide_risk":"none\"}`, `{"suicide_risk":"no` + "\x01" + `e"}`, `{"suicide_risk":"` + strings.Repeat("\x00", 16) + `"}`, `{"suicide_risk":"` + strings.Repeat("\x00", 8) + `"}`, `{"suicide_risk":"` + strings.Repeat("x", 16) + `"}`, `{"suicide_risk":"` + strings.Repeat("é", 500) + `"}`, `{"suicide_risk":""}`,
	`{"phq9":1}`, `{"phq9":01}`, `{"phq9":1.0}`, `{"phq9":1.}`, `{"phq9":1e0}`, `{"phq9":10}`, `{"phq9":-0}`, `{"phq9":-1}`, `{"phq9":27}`, `{"phq9":027}`, `{"phq9":270}`, `{"phq9":2 }`, `{"phq9":2 7}`, `{"phq9":2x}`, `{"phq9":2]`, `{"phq9":2`, `{"phq9":"2"}`, `{"phq9":"02"}`, `{"phq9":"27"}`, `{"phq9":null}`, `{"phq9":nullx}`, `{"phq9":nul}`, `{"phq9":,}`, `{"phq9":}`, `{"phq9":[]}`, `{"phq9":true}`, `{"phq9_1":1,"phq9":1}`, `{"phq9":1,"phq9_1":1}`, `{"phq9_":1}`, `{"phq9_11":1}`,
	`{"practical":["work"]}`, `{"practical":["work","childcare"]}`, `{"practical":["work", "childcare"]}`, `{"practical":["work","work"]}`, `{"practical":["work",]}`, `{"practical":["work"}`, `{"practical":["work"`, `{"practical":["work" "childcare"]}`, `{"practical":["work"  ,  "childcare" ] }`, `{"practical":[ ]}`, `{"practical":[]}`, `{"practical":[`, `{"practical":[,"work"]}`, `{"practical":["none"]}`, `{"practical":["none","work"]}`, `{"practical":["work","none"]}`, `{"practical":"work"}`, `{"practical":"work;childcare"}`, `{"practical":"none"}`, `{"practical":"NA"}`, `{"practical":["NA"]}`, `{"practical":["work;childcare"]}`, `{"practical":null}`, `{"severity":["mild"]}`,
	`{"` + strings.Repeat("k", 40) + `":1}`, `{  "suicide_risk"         :          "none"}`, `{"suicide_risk":"none",         "severity"       :    "mild"}`,
}

// asFresh reads a line that stands before another one with all that is remembered,
// and with nothing. Nobody may see a difference.
func asFresh(t *testing.T, p *pack.Pack, r, fresh *batch.Reader, line, next string) {
	t.Helper()
	fresh.Forget()
	checkLine(t, p, fresh, line)
	fresh.Forget()
	want, ok := fresh.PlainBefore(line, next)
	for range 2 {
		if got, gotOK := r.PlainBefore(line, next); gotOK != ok || ok && !cmp.Equal(want, got) {
			t.Errorf("%q before %q: fresh (-), with what is remembered (+)\n%s", line, next, cmp.Diff(want, got))
			t.Errorf("fresh: %v, with what is remembered: %v", ok, gotOK)
		}
	}
	checkLine(t, p, r, line)
}

func TestWhatIsRememberedChangesNothing(t *testing.T) {
	e := compile(t, rules.Default)
	r, fresh := batch.NewReader(e, false), batch.NewReader(e, false)
	all := slices.Concat(lines, after)
	rnd := rand.New(rand.NewPCG(1, 31))
	for range 4 {
		rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for i, line := range all {
			if i%20 == 0 {
				r.Forget()
			}
			asFresh(t, e.Pack(), r, fresh, line, all[(i+1)%len(all)])
		}
	}
}

// Each of two lines is read after the other, and before it, by a reader that
// knows nothing else.
func TestPairsOfLines(t *testing.T) {
	e := compile(t, rules.Default)
	r, fresh := batch.NewReader(e, false), batch.NewReader(e, false)
	for i, line := range after {
		r.Forget()
		r.Plain(after[(i*7+3)%len(after)])
		r.Plain(after[(i*13+5)%len(after)])
		asFresh(t, e.Pack(), r, fresh, line, after[(i*7+3)%len(after)])
	}
}

// What nearly is what was read before is not taken for it.
func TestNearlyTheSame(t *testing.T) {
	e := compile(t, rules.Default)
	r, fresh := batch.NewReader(e, false), batch.NewReader(e, false)
	for _, c := range [][]string{
		{`{"severity":"mild","suicide_risk":"none"}`, `{"suicide_risk":"none"}`, `{"severity":"mild"{"suicide_risk":"none"}`},
		{`{"suicide_risk":"none"}`, `{"severity":"mild","suicide_risk":"none"}`, `,"suicide_risk":"none"}`},
		{`{"answers":{"suicide_risk":"none"}}`, `{"id":"a","answers":{"severity":"mild","suicide_risk":"none"}}`, `{"id":"a","answers":,"suicide_risk":"none"}}`},
		{`{"in_place":"next_appointment"}`, `{"in_place":"next_appointmentx}`}, // as many bytes as are looked at
		{`{"in_place":["next_appointment"]}`, `{"in_place":["next_appointmentx]}`},
		{`{"phq9":1,"severity":"mild"}`, `{"phq9":1"severity":"mild"}`},
		{`{"phq9":10}`, `{"phq9":10.}`},
		{`{"phq9":10}`, `{"phq9":1:}`},
		{`{"phq9":null}`, `{"phq9":nulL}`},
		{`{"practical":["work"]}`, `{"severity":["work"]}`},
		{`{"practical":["work","childcare"]}`, `{"practical":["work"]"childcare"]}`},
	} {
		r.Forget()
		for _, line := range c {
			asFresh(t, e.Pack(), r, fresh, line, "x")
			asFresh(t, e.Pack(), r, fresh, line, "x")
		}
		if _, ok := r.Plain(c[len(c)-1]); ok {
			t.Errorf("%s is taken", c[len(c)-1])
		}
	}
}

// spelled writes answers in one of the ways of programs, keys in their order or
// in another one.
func spelled(rnd *rand.Rand, p *pack.Pack, a pack.Answers, way int) string {
	text := string(p.AnswersJSON(a))
	switch way % 5 {
	case 1:
		text = strings.NewReplacer(`":`, `": `, `,"`, `, "`).Replace(text)
	case 2:
		text = strings.NewReplacer(`":`, `" : `, `,"`, " ,\t\"").Replace(text)
	case 3:
		if parts := strings.Split(strings.Trim(text, "{}"), `,"`); len(parts) > 1 && !strings.Contains(text, "[") {
			i := 1 + rnd.IntN(len(parts)-1)
			parts[i], parts[len(parts)-1] = parts[len(parts)-1], parts[i]
			text = "{" + strings.Join(parts, `,"`) + "}"
		}
	case 4:
		return fmt.Sprintf(`{"answers":%s,"date":"2026-03-%02d","id":"r%d"}`, text, 1+rnd.IntN(28), rnd.IntN(1000))
	}
	return fmt.Sprintf(`{"id":"r%d","answers":%s}`, rnd.IntN(1000), text)
}

// bent changes a few bytes.
func bent(rnd *rand.Rand, line string) string {
	const pieces = "\"{}[],: \t\r\\\x00\x010123456789e.-nulltruex"
	b := []byte(line)
	for range 1 + rnd.IntN(2) {
		i := rnd.IntN(len(b))
		switch c := pieces[rnd.IntN(len(pieces))]; rnd.IntN(5) {
		case 0:
			b[i] = c
		case 1:
			b = slices.Insert(b, i, c)
		case 2:
			b = slices.Delete(b, i, min(len(b), i+1+rnd.IntN(3)))
		case 3: // what was there once more
			b = slices.Insert(b, i, b[i:min(len(b), i+1+rnd.IntN(30))]...)
		default:
			b = b[:i+1]
		}
		if len(b) == 0 {
			return "{}"
		}
	}
	return string(b)
}

func TestBentLines(t *testing.T) {
	e := compile(t, rules.Default)
	r, fresh := batch.NewReader(e, false), batch.NewReader(e, false)
	rnd := rand.New(rand.NewPCG(1, 32))
	for i := range 1000 {
		if i%50 == 0 {
			r.Forget()
		}
		line := spelled(rnd, e.Pack(), enginetest.Likely(rnd, e.Pack()), rnd.IntN(1+i/10%10))
		if i%2 == 1 {
			line = bent(rnd, line)
		}
		if !strings.Contains(line, "\n") {
			asFresh(t, e.Pack(), r, fresh, line, bent(rnd, line))
		}
	}
}

// Lines of one program are read the quick way, and then a record takes no memory.
func TestPlainLinesTakeNoMemory(t *testing.T) {
	e := compile(t, rules.Default)
	r := batch.NewReader(e, false)
	rnd := rand.New(rand.NewPCG(1, 33))
	for way := range 5 {
		var b bytes.Buffer
		for range 200 {
			b.WriteString(spelled(rnd, e.Pack(), enginetest.Likely(rnd, e.Pack()), way) + "\n")
		}
		text, few := batch.Padded(b.Bytes()), batch.Padded([]byte("{}\n"))
		if n := r.PlainLines(text); n != 200 {
			t.Errorf("%d of 200 lines are plain", n)
		}
		all, none := testing.AllocsPerRun(3, func() { r.PlainLines(text) }), testing.AllocsPerRun(3, func() { r.PlainLines(few) })
		if all > none {
			t.Errorf("way %d: %v allocations in 200 lines", way, all-none)
		}
	}
}

func FuzzSequences(f *testing.F) {
	e := compile(f, rules.Default)
	r, fresh := batch.NewReader(e, false), batch.NewReader(e, false)
	for i := range after {
		f.Add(after[i], after[(i+1)%len(after)], after[(i*7+3)%len(after)])
	}
	rnd := rand.New(rand.NewPCG(1, 34))
	for i := range 20 {
		line := spelled(rnd, e.Pack(), enginetest.Likely(rnd, e.Pack()), i)
		f.Add(line, bent(rnd, line), bent(rnd, line))
	}
	f.Fuzz(func(t *testing.T, a, b, c string) {
		r.Forget()
		for i, line := range []string{a, b, c, a} {
			if !strings.Contains(line, "\n") {
				asFresh(t, e.Pack(), r, fresh, line, []string{b, c, a, b}[i])
			}
		}
	})
}

// The reader alone.
func BenchmarkPlainLines(b *testing.B) {
	e := compile(b, rules.Default)
	rnd := rand.New(rand.NewPCG(1, 2))
	const rows = 10_000
	for way, name := range []string{"compact", "spaced"} {
		var text bytes.Buffer
		for range rows {
			text.WriteString(spelled(rnd, e.Pack(), enginetest.Likely(rnd, e.Pack()), way) + "\n")
		}
		in := batch.Padded(text.Bytes())
		b.Run(name, func(b *testing.B) {
			r := batch.NewReader(e, false)
			b.SetBytes(int64(len(in)))
			b.ReportAllocs()
			for b.Loop() {
				if n := r.PlainLines(in); n != rows {
					b.Fatal(n, "of", rows, "lines are plain")
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/rows/float64(b.N), "ns/row")
		})
	}
}
