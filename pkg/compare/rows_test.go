package compare_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/compare"
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
)

// line is one assessment that answers both packs with whatever either takes.
func line(rnd *rand.Rand, old, new *pack.Pack, n int) string {
	answers := map[string]json.RawMessage{}
	for _, p := range []*pack.Pack{old, new} {
		a := enginetest.Answers(rnd, p, 70)
		for i, s := range p.Slots {
			data, err := json.Marshal(p.AnswerJSON(i, a[i]))
			if a[i].Known() && err == nil {
				answers[s.ID] = data
			}
		}
	}
	data, _ := json.Marshal(map[string]any{"id": fmt.Sprint("row-", n), "answers": answers})
	return string(data)
}

// naive reads a line answer by answer. It is false if an answer is one in
// neither pack, or totals contradict their items.
func naive(t *testing.T, packs [2]*pack.Pack, text string) (answers [2]pack.Answers, foreign [2][]string, ok bool) {
	t.Helper()
	var sheet struct{ Answers map[string]any }
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	if err := dec.Decode(&sheet); err != nil {
		t.Fatal(err)
	}
	taken := map[string]bool{}
	for s, p := range packs {
		answers[s] = p.NewAnswers()
		for id, v := range sheet.Answers {
			slot, asked := p.SlotByID(id)
			if !asked {
				foreign[s] = append(foreign[s], id)
				continue
			}
			text := fmt.Sprint(v)
			list, isList := v.([]any)
			if isList {
				var ids []string
				for _, x := range list {
					ids = append(ids, fmt.Sprint(x))
				}
				if text = strings.Join(ids, ";"); len(ids) == 0 {
					text = "none"
				}
			}
			value, err := p.ParseAnswer(slot, text)
			if isList && p.Slots[slot].Question.Kind != pack.Multi || err != nil {
				foreign[s] = append(foreign[s], id)
				continue
			}
			answers[s][slot] = value
			taken[id] = true
		}
		slices.Sort(foreign[s])
		if p.CheckAnswers(answers[s]) != nil {
			return answers, foreign, false
		}
	}
	for id := range sheet.Answers {
		if !taken[id] {
			return answers, foreign, false
		}
	}
	return answers, foreign, true
}

// TestRowsAgreeWithRecommend reads random assessments and decides on them one
// by one with both engines.
func TestRowsAgreeWithRecommend(t *testing.T) {
	decided, changed, bad, foreign, open := 0, 0, 0, 0, 0
	for seed := range uint64(150) {
		old, new := twoPacks(seed)
		packs := [2]*pack.Pack{old, new}
		rnd := rand.New(rand.NewPCG(seed, 33))
		var lines []string
		for i := range 8 {
			lines = append(lines, line(rnd, old, new, i))
		}
		rows, err := compare.On(old, new, compare.NewReader(old, new).Lines("rows", strings.NewReader(strings.Join(lines, "\n"))))
		if err != nil {
			t.Fatal(err)
		}
		want := compare.Rows{}
		moves, states := map[string]int{}, map[string]int{}
		st := newStates(t, old, new)
		for i, text := range lines {
			answers, unknown, ok := naive(t, packs, text)
			if !ok {
				want.Bad++
				continue
			}
			want.Decided++
			foreign += len(unknown[0]) + len(unknown[1])
			var r [2]*engine.Recommendation
			for s, e := range st.engines {
				r[s] = e.Recommend(answers[s])
			}
			st.decide(answers)
			countStates(states, st)
			if from, to := possible(r[0]), possible(r[1]); from != to {
				moves[level(r[0])+">"+level(r[1])]++
				open += count1(r[0].Level == nil || r[1].Level == nil)
				at := slices.IndexFunc(rows.Changed, func(c compare.RowChange) bool { return c.At.Line == i+1 })
				if at < 0 || ids(rows.Changed[at].From) != from || ids(rows.Changed[at].To) != to || rows.Changed[at].ID != fmt.Sprint("row-", i) {
					t.Fatalf("seed %d: line %d goes from %s to %s: %v", seed, i+1, from, to, rows.Changed)
				}
			}
		}
		if rows.Bad != want.Bad || rows.Decided != want.Decided {
			t.Fatalf("seed %d: %d decided and %d bad, expected %d and %d:\n%v\n%s", seed, rows.Decided, rows.Bad, want.Decided, want.Bad, rows.Problems, strings.Join(lines, "\n"))
		}
		got := map[string]int{}
		for _, m := range rows.Moves {
			got[levelOf(m.From)+">"+levelOf(m.To)] += m.Count
			changed += m.Count
		}
		if diff := cmp.Diff(moves, got); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
		got = map[string]int{}
		for _, e := range rows.Entries {
			got[fmt.Sprint(e.Kind, e.ID)] = e.Count
		}
		if diff := cmp.Diff(states, got); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
		decided, bad = decided+rows.Decided, bad+rows.Bad
	}
	if decided < 500 || changed < 100 || bad < 10 || foreign < 100 || open < 20 {
		t.Errorf("only %d decided, %d changed, %d bad, %d answers that a pack cannot take, %d undetermined", decided, changed, bad, foreign, open)
	}
}

func count1(is bool) int {
	if is {
		return 1
	}
	return 0
}

func possible(r *engine.Recommendation) string { return ids(r.Possible) }

func ids(levels []*pack.Level) string {
	var out []string
	for _, l := range levels {
		out = append(out, l.ID)
	}
	return strings.Join(out, " ")
}

func level(r *engine.Recommendation) string { return levelOf(r.Level) }

func levelOf(l *pack.Level) string {
	if l == nil {
		return ""
	}
	return l.ID
}

// countStates notes which criteria, services and notes are in another state.
func countStates(counts map[string]int, s *states) {
	states := [2]map[string]engine.Truth{{}, {}}
	for i, p := range s.packs {
		for c := range p.Criteria() {
			k, _ := s.engines[i].CriterionIndex(c)
			states[i][fmt.Sprint(kindOf(c), c.ID)] = s.d[i].State(k)
		}
		for k, x := range p.Services {
			states[i]["service"+x.ID] = s.d[i].Service(k)
		}
		for k, x := range p.Notes {
			states[i]["note"+x.ID] = s.d[i].Note(k)
		}
	}
	all := map[string]bool{}
	for _, m := range states {
		for k := range m {
			all[k] = true
		}
	}
	for k := range all {
		if states[0][k] != states[1][k] {
			counts[k]++
		}
	}
}

// problems reads lines under the default pack and its loosened copy, and
// renders what is wrong with them.
func problems(t *testing.T, in io.Reader) (string, *compare.Rows) {
	t.Helper()
	old, new := load(t, defaultFiles(t)), loosened(t)
	rows, err := compare.On(old, new, compare.NewReader(old, new).Lines("rows.jsonl", in))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := diag.WriteText(&b, rows.Problems, nil); err != nil {
		t.Fatal(err)
	}
	return b.String(), rows
}

func TestBadRowsAreAllReported(t *testing.T) {
	in := strings.Join([]string{
		"\ufeff" + `{"id": "good", "answers": {"monitoring": "several_a_week"}}`, // 1
		``,
		`{"monitoring": "weekly"}` + "\r", // 3: bare
		`{"monitoring": "weekly"`,         // 4: cut off
		`not json`,                        // 5
		`["monitoring"]`,                  // 6: no object
		`{"id": "x", "answers": {"monitorin": "weekly", "severity": "awful"}}`, // 7
		`{"phq9": 3, "phq9_1": 1, "phq9_2": 3}`,                                // 8: contradicts
		`{"monitoring": "weekly", "monitoring": "daily"}`,                      // 9: twice
		`{"pack": {"id": "other"}, "answers": {}}`,                             // 10
		`{"pack": {"id": "mental-health", "version": "0.9.0"}, "answers": {}}`, // 11: good
		`{"a": "` + strings.Repeat("x", 1<<20) + `"}`,                          // 12: too long
		"{\"id\": \"\x1b[31m\", \"answers\": {}}",                              // 13: drives a terminal
		`{"id": 17, "answers": {"emergency": ["overdose"]}}`,                   // 14: good
		`  `,
		`{"answers": {"emergency": "overdose"}}`, // 16: good, without an end of line
	}, "\n")
	got, rows := problems(t, iotest.OneByteReader(strings.NewReader(in)))
	want := `rows.jsonl:4:24: error: this is no JSON: unexpected end of JSON input [row-json]
   help: each line holds one assessment as a JSON object, {"id": "…", "answers": {…}}
rows.jsonl:5:2: error: this is no JSON: invalid character 'o' in literal null (expecting 'u') [row-json]
   help: each line holds one assessment as a JSON object, {"id": "…", "answers": {…}}
rows.jsonl:6:1: error: found a list; expected a mapping of questions to answers [type]
rows.jsonl:7:25: error: unknown question "monitorin" [question-unknown]
   in answers.monitorin
   help: did you mean "monitoring"?
rows.jsonl:7:60: error: "awful" is not one of its answers; expected minimal, mild, moderate or severe [answer]
   in answers.severity
rows.jsonl:8:10: error: the total 3 of phq9 is not what its items can add up to, which is 4 to 25 [answer-total]
   in phq9
   help: give the items or the total
rows.jsonl:9:26: error: key "monitoring" occurs twice in the same mapping [key-duplicate]
   in monitoring
   rows.jsonl:9:2: first written here
rows.jsonl:10:17: error: these are answers to the questions of "other"; the rules in use are mental-health [answers-pack]
   in pack.id
   help: use the rules that they were made with, or remove pack if the questions are the same
rows.jsonl:12:1: error: the line has more than 1 MiB [row-large]
   help: each line holds one assessment
rows.jsonl:13:9: error: this is no JSON: invalid character '\x1b' in string literal [row-json]
   help: each line holds one assessment as a JSON object, {"id": "…", "answers": {…}}
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if rows.Decided != 5 || rows.Bad != 9 {
		t.Errorf("%d rows were decided and %d were bad", rows.Decided, rows.Bad)
	}
}

func TestReadingMayFail(t *testing.T) {
	old, new := load(t, defaultFiles(t)), loosened(t)
	broken := errors.New("the disk is gone")
	in := io.MultiReader(strings.NewReader("{}\n"), iotest.ErrReader(broken))
	_, err := compare.On(old, new, compare.NewReader(old, new).Lines("rows.jsonl", in))
	if !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
}

// TestForeignAnswersAreMissing: what only one of the packs takes is no mistake,
// and not guessed either.
func TestForeignAnswersAreMissing(t *testing.T) {
	old := load(t, defaultFiles(t))
	files := defaultFiles(t)
	edit(t, files, "questions/symptoms.yaml", "          severe: Severe\n", "          severe: Severe\n          extreme: Extreme\n")
	edit(t, files, "questions/history.yaml", "      crises:\n        kind: number", "      homeless:\n        kind: yes_no\n        ask: Homeless?\n        worse: yes\n        sources: [pack-policy]\n      crises:\n        kind: number")
	new := load(t, files)
	rows, err := compare.On(old, new, compare.NewReader(old, new).Lines("rows", strings.NewReader(
		`{"severity": "extreme", "homeless": true}`+"\n"+`{"severity": "mild", "homeless": "no"}`)))
	if err != nil {
		t.Fatal(err)
	}
	want := [2][]compare.RowCount{{{Question: "homeless", Count: 2}, {Question: "severity", Count: 1}}, nil}
	if diff := cmp.Diff(want, rows.Foreign); diff != "" || rows.Bad > 0 {
		t.Errorf("%d bad rows\n%s", rows.Bad, diff)
	}
}

// TestEitherNameOfThePack: a file says which pack it answers; both read it if
// it is one of the two.
func TestEitherNameOfThePack(t *testing.T) {
	old := load(t, defaultFiles(t))
	files := defaultFiles(t)
	edit(t, files, "pack.yaml", "id: mental-health\n", "id: our-rules\n")
	new := load(t, files)
	in := `{"pack": {"id": "mental-health"}, "answers": {"emergency": ["overdose"]}}` + "\n" + `{"pack": {"id": "our-rules"}, "answers": {"emergency": ["overdose"]}}`
	rows, err := compare.On(old, new, compare.NewReader(old, new).Lines("rows", strings.NewReader(in)))
	if err != nil || rows.Decided != 2 || len(rows.Changed) > 0 {
		t.Errorf("%v, %+v", err, rows)
	}
}

func BenchmarkRows(b *testing.B) {
	old, new := load(b, defaultFiles(b)), loosened(b)
	rnd := rand.New(rand.NewPCG(1, 34))
	var lines strings.Builder
	const n = 1000
	for i := range n {
		fmt.Fprintf(&lines, `{"id": "%d", "answers": %s}`+"\n", i, old.AnswersJSON(enginetest.Answers(rnd, old, 100)))
	}
	b.ReportAllocs()
	for b.Loop() {
		rows, err := compare.On(old, new, compare.NewReader(old, new).Lines("rows", strings.NewReader(lines.String())))
		if err != nil || rows.Decided != n {
			b.Fatal(err, rows.Decided)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "rows/s")
}
