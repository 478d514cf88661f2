package report

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/explain"
	"github.com/carelevel/carelevel/pkg/pack"
)

// planText is the plan of a report, and what is said of it at a glance.
func planText(t testing.TB, in Input) string {
	t.Helper()
	d := build(in)
	tx := newTexter(TextOptions{})
	for _, f := range d.Glance {
		if f.Label == "Plan" {
			tx.facts([]fact{f}, 0)
		}
	}
	for _, s := range d.Plan {
		tx.section(s)
	}
	return tx.b.String()
}

func planJSON(t testing.TB, in Input) string {
	t.Helper()
	var got struct{ Plan json.RawMessage }
	if err := json.Unmarshal([]byte(rendered(t, func(w io.Writer) error { return JSON(w, in) })), &got); err != nil {
		t.Fatal(err)
	}
	return string(got.Plan) + "\n"
}

// Where people chose a level, the plan is for that, and says so.
func TestPlansOfPlacements(t *testing.T) {
	for _, c := range placements {
		in := placedInput(t, slices.IndexFunc(placements, func(p placementCase) bool { return p.name == c.name }))
		golden(t, "plan-"+c.name+".txt", planText(t, in))
		golden(t, "plan-"+c.name+".json", planJSON(t, in))
	}
	in := inputOf(t, "inpatient")
	in.Placement = &pack.Placement{Level: "crisis", By: "team", Date: "2026-02-01"}
	if d := cmp.Diff("Plan  None: the level that was chosen is for emergencies\n", planText(t, in)); d != "" {
		t.Error(d)
	}
}

// The plan of a level is the same, whoever chose the level.
func TestPlansDoNotHangOnWhoChose(t *testing.T) {
	for name, in := range everyInput(t) {
		in.Placement = nil
		p := newPlan(in)
		if p == nil {
			continue
		}
		chosen := &plan{level: p.level, placed: &pack.Placement{}, barriers: p.barriers, due: p.due, review: p.review}
		chosen.read(in.Recommendation)
		for _, f := range in.Recommendation.Requirements {
			if f.Criterion.Level == p.level {
				p.required = append(p.required, f)
			}
		}
		p.placed = chosen.placed
		if !reflect.DeepEqual(p, chosen) {
			t.Errorf("%s: as recommended\n%+v\nas chosen\n%+v", name, p, chosen)
		}
	}
}

// A sign that waits for an answer is not one that is not there.
func TestSignsThatAreNotKnown(t *testing.T) {
	in := input(t, clinic(t), "iop", strings.Replace(cases[1].answers, "crises: 4", "crises: not_assessed", 1))
	_, got, _ := strings.Cut(planText(t, in), "  Step up\n")
	got, _, _ = strings.Cut(got, "\n\n")
	want := `  ? Not known now: there were three crises or more in a month [1]. Waits for:
    Crises in the last month.
  • Look again sooner if: the PHQ-9 is worse by 5 points or more [1]; thoughts
    of suicide come back [4].
  • PHP: if this were so: need for monitoring “Every day”.`
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if got := planJSON(t, in); !strings.Contains(got, `"state": "unknown",
        "because": "There were three`) {
		t.Error(got)
	}
}

// A level of which the pack says nothing has nothing to plan.
func TestPlanOfNothing(t *testing.T) {
	p := clinic(t)
	l := p.Level("outpatient")
	l.Objectives, l.Agree, l.Team, l.Services, l.Care.ReviewDays, l.Due, l.StepUp, l.StepDown = nil, nil, nil, nil, pack.Range{}, nil, nil, nil
	in := input(t, p, "outpatient", cases[0].answers)
	in.Explanation = nil
	if got := planText(t, in); got != "" {
		t.Errorf("there is a plan:\n%s", got)
	}
	want := `{
    "level": "outpatient",
    "objectives": [],
    "agree": [],
    "team": [],
    "services": [],
    "barriers": [],
    "review": null,
    "due": [],
    "step_up": [],
    "step_down": []
  }
`
	if d := cmp.Diff(want, planJSON(t, in)); d != "" {
		t.Error(d)
	}
}

// A target says where the person stands and where to go, and never a number
// that nobody measured.
func TestGoals(t *testing.T) {
	p := clinic(t)
	slot := func(id string) int { s, _ := p.SlotByID(id); return s }
	in := func(id string, ranges ...pack.Interval) pack.Condition {
		return &pack.In{Slot: slot(id), Ranges: ranges}
	}
	some := func(id string, mask pack.Value, all bool) pack.Condition {
		return &pack.Includes{Slot: slot(id), Mask: mask, All: all}
	}
	for _, c := range []struct {
		of            pack.Condition
		answers, want string
	}{
		{in("phq9", pack.Interval{From: 0, To: 9}), "phq9: 17", "PHQ-9 from 17 to at most 9 (mild or better)"},
		{in("phq9", pack.Interval{From: 0, To: 8}), "phq9: 17", "PHQ-9 from 17 to at most 8"},
		{in("phq9", pack.Interval{From: 0, To: 8}), "phq9: 7", "keep PHQ-9 at most 8, now 7"},
		{in("phq9", pack.Interval{From: 0, To: 8}), "{}", "PHQ-9 at most 8, not measured yet"},
		{in("phq9", pack.Interval{From: 0, To: 8}), "phq9: not_assessed", "PHQ-9 at most 8, not measured yet"},
		{in("phq9", pack.Interval{From: 0, To: 8}), "phq9: [3, 3, 3, 3, null, null, null, 1, 1]", "PHQ-9 to at most 8, now between 14 and 23, with items missing"},
		{in("phq9", pack.Interval{From: 0, To: 13}), "phq9: [1, 1, 1, 1, null, null, null, 0, 0]", "keep PHQ-9 at most 13, now between 4 and 13, with items missing"},
		{in("phq9", pack.Interval{From: 0, To: 8}), "phq9: [1, 1, 1, 1, null, null, null, 0, 0]", "PHQ-9 at most 8, now between 4 and 13, with items missing"},
		{in("phq9", pack.Interval{From: 0, To: 8}), "phq9: [1, 1, 1, 1, 1, 1, 1, null, 0]", "keep PHQ-9 at most 8, now 8"},
		{in("phq9_9", pack.Interval{From: 0, To: 0}), "phq9: [1, 1, 1, 1, 1, 1, 1, 1, 2]", "PHQ-9 item 9 (“Better off dead”) from 2 (more than half the days) to 0 (not at all)"},
		{in("crises", pack.Interval{From: 2, To: 5}), "crises: 9", "crises in the last month from 9 crises to between 2 and 5 crises"},
		{in("crises", pack.Interval{From: 0, To: 1}, pack.Interval{From: 59, To: 60}), "crises: 2", "crises in the last month from 2 crises to at most 1 crisis or at least 59 crises"},
		{in("functioning", pack.Interval{From: 0, To: 1}), "functioning: impaired", "functioning from “Significantly impaired in at least one area” to “Strained, but carries on” or better"},
		{in("functioning", pack.Interval{From: 2, To: 3}), "functioning: well", "functioning from “Well in all areas” to “Significantly impaired in at least one area” or worse"},
		{in("functioning", pack.Interval{From: 0, To: 0}), "functioning: well", "keep functioning: “Well in all areas”"},
		{in("comes_from", pack.Interval{From: 0, To: 1}), "comes_from: iop", "present care from IOP to “No care yet” or outpatient"},
		{in("works", pack.Interval{From: 1, To: 1}), "works: no", "work in the daytime from no to yes"},
		{in("works", pack.Interval{From: 1, To: 1}), "works: yes", "keep work in the daytime: yes"},
		{in("works", pack.Interval{From: 1, To: 1}), "{}", "work in the daytime: yes, no answer yet"},
		{in("substances", pack.Interval{From: 0, To: 0}), "substances: [alcohol]", "substances in the last month from “Alcohol” to none of these"},
		{in("substances", pack.Interval{From: 0, To: 0}), "substances: none", "keep substances in the last month: none of these"},
		{some("substances", 3, true), "substances: [alcohol]", "add “Opioids” to substances in the last month"},
		{some("substances", 3, false), "substances: none", "add “Alcohol” or “Opioids” to substances in the last month"},
		{some("substances", 3, false), "substances: [opioids, other]", "keep “Opioids” in substances in the last month"},
		{some("substances", 3, true), "{}", "“Alcohol” and “Opioids” in substances in the last month, no answer yet"},
	} {
		b := newBuilder(input(t, p, "case", c.answers))
		read, err := engine.Read(p, b.r.Answers, c.of)
		if err != nil {
			t.Fatal(err)
		}
		slot, _ := pack.TargetSlot(c.of)
		if got := b.goal(target{c.of, slot, read[0].State}); got != c.want {
			t.Errorf("%s: got %q, want %q", c.answers, got, c.want)
		}
	}
}

func TestObjectiveStates(t *testing.T) {
	of := func(whom engine.Truth, targets ...engine.Truth) string {
		o := objective{whom: engine.Reading{State: whom}}
		for _, s := range targets {
			o.targets = append(o.targets, target{state: s})
		}
		return o.state().String()
	}
	for want, got := range map[string]string{
		"waiting":    of(engine.Unknown, engine.False),
		"unmeasured": of(engine.True),
		"reached":    of(engine.True, engine.True, engine.True),
		"unknown":    of(engine.True, engine.True, engine.Unknown),
		"open":       of(engine.True, engine.Unknown, engine.False, engine.True),
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestDueDates(t *testing.T) {
	p := clinic(t)
	l := p.Level("iop")
	l.Due = []pack.Due{{Text: "It is signed.", First: 18, Every: 30}, {Text: "PHQ-9", Every: 1}, {Text: "Far", First: maxDays + 1, Every: 7}}
	for _, c := range []struct {
		date, placed string
		want         string
	}{
		{"2026-02-11", "", "Due if the level begins on 2026-02-11 | it is signed: by 2026-03-01, then at least every 30 days | PHQ-9: by 2026-02-12, then at least every day | far: after 3661 days, then at least every 7 days"},
		{"2026-02-11", "2028-02-11", "Due from the placement on 2028-02-11 | it is signed: by 2028-02-29, then at least every 30 days | PHQ-9: by 2028-02-12, then at least every day | far: after 3661 days, then at least every 7 days"},
		{"in May", "", "Due from the day that the level begins | it is signed: after 18 days, then at least every 30 days | PHQ-9: after 1 day, then at least every day | far: after 3661 days, then at least every 7 days"},
	} {
		in := input(t, p, "iop", cases[1].answers)
		in.Date = c.date
		if c.placed != "" {
			in.Placement = &pack.Placement{Level: "iop", By: "team", Date: c.placed}
		}
		b := newBuilder(in)
		items := b.arrangements(newPlan(in)).Items
		it := items[len(items)-1]
		got := it.Word
		for _, f := range it.Flow {
			got += " | " + f.Label + ": " + f.Text.Text
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s, %q (-want +got):\n%s", c.date, c.placed, d)
		}
	}
}

// An objective that a missing answer decides on is not set as one.
func TestNoObjectiveIsGuessed(t *testing.T) {
	for _, c := range cases {
		in := input(t, clinic(t), c.name, c.answers)
		p := newPlan(in)
		if p == nil {
			continue
		}
		for _, o := range p.level.Objectives {
			if o.When == nil {
				continue
			}
			read, err := engine.Read(in.Recommendation.Pack, in.Recommendation.Answers, o.When)
			if err != nil {
				t.Fatal(err)
			}
			is := func(all []objective) bool {
				return slices.ContainsFunc(all, func(x objective) bool { return x.of.Text == o.Text })
			}
			if is(p.objectives) != (read[0].State == engine.True) || is(p.waiting) != (read[0].State == engine.Unknown) {
				t.Errorf("%s: %q is %v", c.name, o.Text, read[0].State)
			}
		}
	}
}

// sentences are what a document says of the pack and the person, without the
// answers behind it and without what is only a few words.
func sentences(d *document) []string {
	var out []string
	say := func(ls ...line) {
		for _, l := range ls {
			if text := strings.ToLower(strings.TrimSuffix(l.Text, ".")); len(strings.Fields(text)) > 3 {
				out = append(out, text)
			}
		}
	}
	flow := func(fs []phrase) {
		for _, f := range fs {
			say(f.Text)
		}
	}
	say(d.Lead...)
	for _, f := range d.Glance {
		say(f.Value)
	}
	for _, s := range slices.Concat(d.Core, d.Plan, d.Details) {
		for _, p := range s.Parts {
			if p.Table {
				continue // the answers
			}
			say(p.Lines...)
			say(p.After...)
			flow(p.Flow)
			for _, it := range p.Items {
				say(it.Text)
				flow(it.Flow)
				for _, f := range it.Then {
					say(f.Value)
				}
			}
		}
	}
	return out
}

// citedIn are the numbers of the sources behind what a document says.
func citedIn(d *document) map[int]bool {
	out := map[int]bool{}
	cite := func(marks []int) {
		for _, m := range marks {
			out[m] = true
		}
	}
	for _, s := range slices.Concat(d.Core, d.Plan, d.Details) {
		for _, p := range s.Parts {
			for _, l := range slices.Concat(p.Lines, p.After) {
				cite(l.Marks)
			}
			for _, f := range p.Flow {
				cite(f.Text.Marks)
			}
			for _, it := range p.Items {
				cite(it.Text.Marks)
				for _, f := range it.Flow {
					cite(f.Text.Marks)
				}
				for _, f := range it.Then {
					cite(f.Value.Marks)
				}
			}
		}
	}
	return out
}

// everyInput are the cases of the clinic, with placements, and the example
// answers of the default pack.
func everyInput(t *testing.T) map[string]Input {
	t.Helper()
	all := map[string]Input{}
	for _, c := range cases {
		all[c.name] = input(t, clinic(t), c.name, c.answers)
	}
	for i, c := range placements {
		all["placed "+c.name] = placedInput(t, i)
	}
	p, _, err := pack.Load(os.DirFS(filepath.Join("..", "..", "rules")), "mental-health", pack.LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "answers", "*.yaml"))
	if err != nil || len(files) < 6 {
		t.Fatal(err, files)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		sheet, _ := p.ReadAnswers(f, data, nil)
		r := e.Recommend(sheet.Answers)
		all[filepath.Base(f)] = Input{Recommendation: r, Explanation: explain.Explain(e, r), Date: caseDate}
	}
	return all
}

func TestNothingIsSaidTwice(t *testing.T) {
	for name, in := range everyInput(t) {
		said := map[string]int{}
		for _, s := range sentences(build(in)) {
			if said[s]++; said[s] == 2 {
				t.Errorf("%s says twice: %q", name, s)
			}
		}
		if len(said) < 5 {
			t.Errorf("%s says only %d sentences", name, len(said))
		}
	}
}

func TestSourcesResolve(t *testing.T) {
	for name, in := range everyInput(t) {
		d := build(in)
		cited := citedIn(d)
		for i, c := range d.Sources {
			if c.Number != i+1 || !cited[c.Number] {
				t.Errorf("%s: source %d of %d is cited nowhere", name, c.Number, len(d.Sources))
			}
		}
		for n := range cited {
			if n < 1 || n > len(d.Sources) {
				t.Errorf("%s: there is no source %d", name, n)
			}
		}
	}
}

// What the text of a plan says of an objective, the JSON says, too.
func TestPlanFormsAgree(t *testing.T) {
	for name, in := range everyInput(t) {
		p := newPlan(in)
		var got *struct {
			Objectives []struct{ Text string }
			Services   []string
			StepUp     []any `json:"step_up"`
			StepDown   []any `json:"step_down"`
		}
		if err := json.Unmarshal([]byte(planJSON(t, in)), &got); err != nil {
			t.Fatal(err)
		}
		if (p == nil) != (got == nil) {
			t.Fatalf("%s: a plan in one form only", name)
		}
		if p == nil {
			continue
		}
		page := strings.ToLower(fmt.Sprint(build(in).Plan))
		for _, o := range got.Objectives {
			if !strings.Contains(page, strings.ToLower(strings.TrimSuffix(clean(o.Text), "."))) {
				t.Errorf("%s: the report lacks %q", name, o.Text)
			}
		}
		for _, id := range got.Services {
			if !strings.Contains(page, strings.ToLower(clean(in.Recommendation.Pack.Service(id).Title))) {
				t.Errorf("%s: the report lacks %q", name, id)
			}
		}
		if n := len(got.StepDown); n != len(p.level.StepDown) || len(got.StepUp) != len(p.level.StepUp) {
			t.Errorf("%s: %d of %d signs of readiness", name, n, len(p.level.StepDown))
		}
	}
}
