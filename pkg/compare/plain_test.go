package compare

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
)

// readers are readers of pairs of packs of many kinds.
func readers(n int) []*Reader {
	var out []*Reader
	for seed := range uint64(n) {
		old := enginetest.Pack(rand.New(rand.NewPCG(seed, 41)), enginetest.Size{Questions: 6})
		new := enginetest.Pack(rand.New(rand.NewPCG(seed, 42)), enginetest.Size{Questions: 6})
		if seed%2 == 0 {
			new = enginetest.Pack(rand.New(rand.NewPCG(seed, 41)), enginetest.Size{Questions: 6})
		}
		out = append(out, NewReader(old, new))
	}
	return out
}

// randomLine is an assessment as programs write it, with mistakes now and then.
func randomLine(rnd *rand.Rand, p *pack.Pack) string {
	answers := string(p.AnswersJSON(enginetest.Answers(rnd, p, 60)))
	line := answers
	switch rnd.IntN(4) {
	case 0:
		line = fmt.Sprintf(`{"id": "a-%d", "answers": %s}`, rnd.IntN(100), answers)
	case 1:
		line = fmt.Sprintf(`{"answers": %s, "id": %d}`, answers, rnd.IntN(100))
	}
	swaps := [][2]string{{`"o1"`, `"o9"`}, {`"yes"`, `true`}, {`"q1"`, `"q9"`}, {`:1`, `:1.0`}, {`:0`, `:null`}, {`"no"`, `""`}, {`[`, `["o0",`},
		{`"o0"`, `"Option 0"`}, {`:1`, `:"not_assessed"`}, {`{"q0"`, `{"q0":1,"q0"`}, {`}`, `]`}, {`id`, `idd`}, {`:2`, `:99`}, {`"o1"`, `" o1 "`}, {`,`, `, `}, {`[0`, `[null`}}
	for rnd.IntN(3) == 0 {
		s := swaps[rnd.IntN(len(swaps))]
		line = strings.Replace(line, s[0], s[1], 1)
	}
	return line
}

// samePlain holds the fast reader against the one for answers files.
func samePlain(t *testing.T, r *Reader, line string) (plain bool) {
	t.Helper()
	fast, ok := r.plain([]byte(line))
	if !ok {
		return false
	}
	slow := r.One("", []byte(line))
	if diff := cmp.Diff(slow, fast, cmpopts.EquateEmpty(), cmpopts.IgnoreTypes(diag.Span{})); diff != "" {
		t.Fatalf("%s\n(-answers file +plain)\n%s", line, diff)
	}
	return true
}

func TestPlainReadsLikeAnswersFiles(t *testing.T) {
	fast, foreign := 0, 0
	for i, r := range readers(150) {
		rnd := rand.New(rand.NewPCG(uint64(i), 43))
		for range 6 {
			line := randomLine(rnd, r.packs[rnd.IntN(2)])
			if samePlain(t, r, line) {
				fast++
				if row, _ := r.plain([]byte(line)); len(row.Foreign[Old])+len(row.Foreign[New]) > 0 {
					foreign++
				}
			}
		}
	}
	if fast < 400 || foreign < 50 {
		t.Errorf("only %d lines were read the fast way, %d with answers that one pack does not ask", fast, foreign)
	}
}

func FuzzPlain(f *testing.F) {
	all := readers(8)
	for i, r := range all {
		rnd := rand.New(rand.NewPCG(uint64(i), 44))
		for range 4 {
			f.Add(uint8(i), randomLine(rnd, r.packs[Old]))
		}
	}
	f.Add(uint8(0), `{"id": "x", "answers": {}}`)
	f.Add(uint8(0), `{}`)
	f.Fuzz(func(t *testing.T, i uint8, line string) {
		if len(line) < 10_000 && !strings.ContainsAny(line, "\n\r") {
			samePlain(t, all[int(i)%len(all)], line)
		}
	})
}
