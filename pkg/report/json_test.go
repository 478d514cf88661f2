package report

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestJSONKeys(t *testing.T) {
	want := []string{"schema", "pack", "id", "date", "status", "level", "possible", "exact", "emergency", "referral", "action",
		"review", "placement", "indications", "one_of", "open", "requirements", "supports", "step_down", "why_not", "sufficient",
		"sufficient_is_smallest", "flips", "nearest", "deciding", "next", "open_questions", "answers", "instruments", "warnings", "services", "plan", "limits", "sources"}
	nullable := []string{"level", "next", "review", "placement", "plan"}
	for _, c := range cases {
		in := input(t, clinic(t), c.name, c.answers)
		got := rendered(t, func(w io.Writer) error { return JSON(w, in) })
		keys, values := members(t, got)
		if d := cmp.Diff(want, keys); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
		for i, k := range keys {
			if string(values[i]) == "null" && !slices.Contains(nullable, k) {
				t.Errorf("%s: %s is null", c.name, k)
			}
		}
		line := rendered(t, func(w io.Writer) error { return JSONLine(w, in) })
		var compact bytes.Buffer
		if err := json.Compact(&compact, []byte(got)); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(compact.String()+"\n", line); d != "" {
			t.Errorf("%s: the line says something else:\n%s", c.name, d)
		}
	}
}

// members are an object's keys and values in the order of writing.
func members(t *testing.T, object string) (keys []string, values []json.RawMessage) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(object))
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	for d.More() {
		k, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		var v json.RawMessage
		if err := d.Decode(&v); err != nil {
			t.Fatal(err)
		}
		keys, values = append(keys, k.(string)), append(values, v)
	}
	return keys, values
}

// TestJSONAnswersReadBack: the answers of a result are answers again.
func TestJSONAnswersReadBack(t *testing.T) {
	p := clinic(t)
	for _, c := range cases {
		in := input(t, p, c.name, c.answers)
		keys, values := members(t, rendered(t, func(w io.Writer) error { return JSON(w, in) }))
		sheet, ds := p.ReadAnswers("answers.json", values[slices.Index(keys, "answers")], nil)
		if len(ds) > 0 {
			t.Fatalf("%s: %v", c.name, ds)
		}
		if d := cmp.Diff(in.Recommendation.Answers, sheet.Answers); d != "" {
			t.Errorf("%s (-given +read):\n%s", c.name, d)
		}
	}
}

// TestJSONInnerKeys: the lists of a result have the keys that programs read.
func TestJSONInnerKeys(t *testing.T) {
	in := inputOf(t, "iop")
	keys, values := members(t, rendered(t, func(w io.Writer) error { return JSON(w, in) }))
	at := func(key string) json.RawMessage { return values[slices.Index(keys, key)] }
	first := func(list json.RawMessage) json.RawMessage {
		var all []json.RawMessage
		if err := json.Unmarshal(list, &all); err != nil || len(all) == 0 {
			t.Fatalf("%v in %s", err, list)
		}
		return all[0]
	}
	_, flip := members(t, string(first(at("flips"))))
	for _, c := range []struct {
		name   string
		object json.RawMessage
		want   string
	}{
		{"pack", at("pack"), "id version hash title population intended_use"},
		{"indications", first(at("indications")), "criterion level because answers sources"},
		{"supports", first(at("supports")), "criterion level because answers sources"},
		{"why_not", first(at("why_not")), "criterion level because answers sources"},
		{"requirements", first(at("requirements")), "criterion level state because otherwise answers missing sources"},
		{"step_down", first(at("step_down")), "criterion level state because sources"},
		{"flips", first(at("flips")), "level changes"},
		{"changes", first(flip[1]), "question from to"},
		{"instruments", first(at("instruments")), "question total band filled min max"},
		{"warnings", first(at("warnings")), "id kind because answers try sources"},
		{"services", first(at("services")), "id level title suggested because evidence answers sources"},
		{"limits", first(at("limits")), "text sources"},
		{"sources", first(at("sources")), "id title url date"},
	} {
		got, _ := members(t, string(c.object))
		if d := cmp.Diff(c.want, strings.Join(got, " ")); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

// TestJSONNulls: null stands only where there is nothing to say, and never for
// a list or an object.
func TestJSONNulls(t *testing.T) {
	may := []string{"level", "next", "review", "placement", "review.from", "plan", "plan.review", "plan.review.from", "plan.due.date", "plan.objectives.targets.now", "instruments.total", "instruments.band", "services.evidence", "answers.home_support", "answers.comes_from", "answers.monitoring", "nearest.changes.from"}
	for _, c := range cases {
		in := input(t, clinic(t), c.name, c.answers)
		var got any
		if err := json.Unmarshal([]byte(rendered(t, func(w io.Writer) error { return JSON(w, in) })), &got); err != nil {
			t.Fatal(err)
		}
		for _, path := range nulls(got, "") {
			if !slices.Contains(may, path) {
				t.Errorf("%s: %s is null", c.name, path)
			}
		}
	}
}

// nulls are the paths of a value's nulls, without positions in lists.
func nulls(v any, path string) []string {
	var out []string
	switch v := v.(type) {
	case nil:
		return []string{path}
	case []any:
		for _, x := range v {
			out = append(out, nulls(x, path)...)
		}
	case map[string]any:
		for k, x := range v {
			out = append(out, nulls(x, strings.TrimPrefix(path+"."+k, "."))...)
		}
	}
	return out
}

// TestJSONValues reads what a program acts on, for answers of every kind.
func TestJSONValues(t *testing.T) {
	for _, c := range []struct{ name, answers, want string }{
		{"an instrument by its items settles it", "{suicide_risk: none, phq9: [3, 3, 3, 3, 3, 0, 0, 0, 0], functioning: strained, monitoring: several}",
			`{"status":"determined","level":"iop","possible":["iop"],
			"sufficient":{"suicide_risk":"none","phq9_1":3,"phq9_2":3,"phq9_3":3,"phq9_4":3,"phq9_5":3,"phq9_6":0,"phq9_7":0,"phq9_8":0,"phq9_9":0,"functioning":"strained","monitoring":"several"},
			"deciding":[],"next":null}`},
		{"one question decides", "{suicide_risk: none, phq9: 16, functioning: strained, monitoring: not_assessed}",
			`{"status":"undetermined","level":null,"possible":["iop","php","inpatient"],"sufficient":{},"deciding":["monitoring"],"next":"monitoring"}`},
		{"one answer settles it", "{suicide_risk: imminent}",
			`{"status":"determined","level":"crisis","possible":["crisis"],"sufficient":{"suicide_risk":"imminent"},"deciding":[],"next":null}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := input(t, clinic(t), "case", c.answers)
			keys, values := members(t, rendered(t, func(w io.Writer) error { return JSON(w, in) }))
			want, all := members(t, c.want)
			for i, k := range want {
				if d := cmp.Diff(compact(t, all[i]), compact(t, values[slices.Index(keys, k)])); d != "" {
					t.Errorf("%s (-want +got):\n%s", k, d)
				}
			}
		})
	}
}

func compact(t *testing.T, v json.RawMessage) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
