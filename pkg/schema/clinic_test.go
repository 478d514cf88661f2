package schema_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/schema"
)

// clinic is a small pack with places to put something else.
const clinic = `pack:
  id: clinic
  version: 1.0.0
  title: A small clinic
  description: An example.
  population: Adults.
  intended_use: For the clinicians of the clinic.
  levels: [outpatient, iop]
  sections: [safety]
  limits: [Not validated.]
sections:
  safety:
    title: Safety
    questions:
      risk: {kind: scale, ask: "Risk?", options: {none: None, passive: Wish to be dead, plan: A plan}}
      steady: {kind: yes_no, ask: "Steady?", worse: no}
      home: {kind: choice, ask: "Home?", options: {family: With family, street: "On the street (or in a car)"}}
      drugs: {kind: multi, ask: "Which?", worse: more, options: {alcohol: "Alcohol, any", opioids: Opioids}}
      bmi: {kind: number, ask: "BMI?", min: 10, max: 70, decimals: 1, worse: lower}
      gad2: {kind: instrument, ask: GAD-2, items: [Nervous, Worry], grades: [Never, Often, Always], bands: {low: {label: Low, from: 0, to: 2}, high: {label: High, from: 3, to: 4}}}
sources:
  policy: {title: Policy}
scores:
  load: {title: Load, sum: [{question: risk}, {question: gad2_1}], sources: [policy]}
conditions:
  unsafe: {title: unsafe, when: {risk: plan}}
  silent: {title: no answer, when: {gad2: {answered: no}}}
services:
  cbt: {title: CBT, sources: [policy]}
levels:
  outpatient:
    title: Outpatient
    summary: Sessions.
    action: Offer one.
  iop:
    title: Programme
    summary: Three days.
    action: Refer.
    services: [cbt]
    indications: [{id: iop-plan, when: CONDITION, because: A plan., sources: [SOURCE]}]
    requirements: [{id: iop-steady, when: {steady: yes}, otherwise: Wait., sources: [policy]}]
    step_down: [{id: iop-calm, when: {risk: none}, course: COURSE, because: Calm., sources: [policy]}]
    step_up: [{id: iop-worse, when: {risk: plan}, because: Worse., sources: [policy]}]
warnings: [{id: look, when: ANYHOW, because: Look., sources: [policy]}]
profiles:
  well: {risk: none}
tests:
  - {name: one, profile: well, answers: {ANSWERS}, expect: {EXPECT}}
`

// standIns are what stands in the pack where nothing is put.
var standIns = map[string]string{"CONDITION": "unsafe", "SOURCE": "policy", "COURSE": "{held: {when: {risk: none}, times: 2}}", "ANYHOW": "silent", "EXPECT": "level: outpatient", "ANSWERS": "risk: none"}

func clinicWith(place, value string) string {
	all := clinic
	for name, usual := range standIns {
		if name == place {
			usual = value
		}
		all = strings.ReplaceAll(all, name, usual)
	}
	return all
}

// The schema of a pack and the reader are of one mind on what conditions, tests,
// courses, expectations and answers say of it.
func TestPackSchema(t *testing.T) {
	its := compile(t, schema.Options{Pack: load(t, map[string]string{"clinic.yaml": clinicWith("", "")})})
	check := func(place, value string, want bool) {
		t.Helper()
		text := clinicWith(place, value)
		problem := problems(t, its, text)
		_, ds := read(t, map[string]string{"clinic.yaml": text})
		refused, _, _ := verdict(ds)
		if (problem == "") != want || refused == want {
			t.Errorf("%s: the schema takes it: %v, the reader takes it: %v, want %v\n%s%v", value, problem == "", !refused, want, problem, ds)
		}
	}
	for _, group := range []struct {
		place   string
		ok, bad []string
	}{
		{"CONDITION",
			[]string{"unsafe", `"unsafe"`, "{risk: plan}", "{risk: [passive, plan]}", "{risk: {at_least: passive}}", "{risk: {at_most: passive}}", "{risk: {between: [passive, plan]}}",
				"{steady: yes}", "{steady: No}", "{steady: true}", `{steady: "FALSE"}`, "{home: street}", "{home: [street]}", "{drugs: none}", "{drugs: opioids}", "{drugs: {includes: opioids}}",
				"{drugs: {includes_all: [alcohol, opioids]}}", "{bmi: 17.4}", "{bmi: {at_most: 17}}", "{bmi: {between: [5, 17.5]}}", "{gad2: high}", "{gad2: [0, high]}", "{gad2: {at_least: high}}",
				"{gad2: {at_most: 3}}", `{gad2: "3"}`, "{gad2_1: 2}", "{load: {at_least: 2}}", "{all: [unsafe, {none: [{risk: none}]}]}", "{at_least: {count: 1, of: [unsafe, {steady: no}]}}"},
			[]string{"unsaef", "silent", "{unsafe: yes}", "risk", "{risks: plan}", "{risk: pln}", "{risk: [plan, passive, pasive]}", "{risk: {at_least: none}}", "{risk: {at_most: plan}}", "{risk: {atleast: plan}}",
				"{risk: {at_least: passive, at_most: plan}}", "{risk: 2}", "{risk: [plan, plan]}", "{steady: maybe}", "{steady: y}", "{steady: [yes]}", "{home: {at_least: street}}", "{home: on_the_street}",
				"{drugs: [opioids]}", "{drugs: {includes: []}}", "{drugs: {includes: none}}", "{bmi: 9}", "{bmi: {at_least: 71}}", "{bmi: low}", "{gad2: low_}", "{gad2: {at_least: low}}", "{gad2: {at_most: high}}",
				"{gad2: 2.5}", "{gad2_3: 1}", "{gad2_1: low}", "{load: high}", "{load: {answered: yes}}", "{risk: {answered: yes}}", "{}", "{risk: plan, steady: no}", "[unsafe]", "{all: []}", "{all: unsafe}",
				"{at_least: {count: 0, of: [unsafe]}}", "{at_least: {of: [unsafe]}}", "null", "3"}},
		{"ANYHOW",
			[]string{"silent", "unsafe", "{gad2: {answered: no}}", "{gad2_1: {answered: true}}", "{drugs: {answered: No}}", "{any: [silent, {steady: {answered: yes}}]}"},
			[]string{"{gad2: {answered: maybe}}", "{load: {answered: yes}}", "{gad2: {answerd: yes}}"}},
		{"SOURCE", []string{"policy", "'policy'"}, []string{"polici", "policy, policy", "", "[policy]", "null"}},
		{"COURSE",
			[]string{"{held: {when: unsafe, times: 3}}", "{seen: {when: {risk: plan}, within_days: 14}}", "{any: [{held: {when: unsafe, times: 2}}]}",
				"{changed: {question: risk, worse_by: 1, since: last}}", "{changed: {question: gad2, better_by_percent: 50, within_days: 30}}", "{changed: {question: bmi, worse_by: 0.5, since: level}}",
				"{changed: {question: gad2_2, better_by: 1, since: first}}"},
			[]string{"unsafe", "[]", "{}", "{helt: {when: unsafe, times: 3}}", "{held: {when: unsafe, times: 1}}", "{held: {when: silent, times: 2}}", "{held: {when: {gad2: {answered: no}}, times: 2}}",
				"{seen: {when: unsafe, days: 14}}", "{changed: {question: steady, worse_by: 1, since: last}}", "{changed: {question: load, worse_by: 1, since: last}}", "{changed: {question: riks, worse_by: 1, since: last}}",
				"{changed: {question: risk, worse_by: 1}}", "{changed: {question: risk, since: last}}", "{changed: {question: risk, worse_by: 1, better_by: 1, since: last}}",
				"{changed: {question: risk, worse_by: 1, since: last, within_days: 3}}", "{changed: {question: risk, worse_by: 0, since: last}}", "{changed: {question: risk, worse_by: 1, since: ever}}"}},
		{"EXPECT",
			[]string{"level: iop", "possible: [iop]", "holds: [iop-plan]", "requirements: {iop-steady: not_met}", "services: [cbt]", "notes_not: [look]", "asks: [risk, gad2]", "next: steady"},
			[]string{"level: ipo", "possible: [iop, ipo]", "level: iop, possible: [iop]", "holds: [iop-plna]", "holds: iop-plan", "requirements: {iop-plan: met}", "requirements: {iop-steady: maybe}", "services: [cbd]", "notes: [iop-worse]", "asks: [gad2_1]", "next: load", ""}},
		{"ANSWERS",
			[]string{"risk: none", "risk: Wish to be dead", "risk: WISH TO BE DEAD", "risk: null", "risk: not_assessed", `risk: ""`, "steady: y", "steady: TRUE", "home: on the street (or in a car)",
				"drugs: []", "drugs: none", "drugs: [none]", "drugs: [opioids, 'alcohol, any']", "drugs: alcohol; opioids", "drugs: None of these", "bmi: 21.5", `bmi: "21.50"`, "gad2: 3", "gad2: [1, null]", "gad2: [often, 2]",
				"gad2: {items: [1, 2]}", "gad2_2: Always", "gad2_1: 0"},
			[]string{"risks: none", "risk: pasive", "risk: 1", "risk: [none]", "steady: 1", "home: on the street", "drugs: [opioids, opiods]", "drugs: alcohol opioids", "bmi: 9", "bmi: 21,5", "gad2: 5", "gad2: [1]",
				"gad2: [1, 3]", "gad2: {item: [1, 2]}", "gad2_2: Seldom", "gad2_1: 0.5", "load: 3"}},
	} {
		for _, value := range group.ok {
			check(group.place, value, true)
		}
		for _, value := range group.bad {
			check(group.place, value, false)
		}
	}
}

// yes and no, and true and false, are taken wherever the reader takes them, and
// where it takes only the words the schema does, too.
func TestYesAndNo(t *testing.T) {
	s := compile(t, schema.Options{})
	for _, c := range []struct {
		text string
		want bool
	}{
		{"ask_anew: yes", true}, {"ask_anew: No", true}, {"ask_anew: true", true}, {"ask_anew: 'FALSE'", true}, {"ask_anew: y", false}, {"ask_anew: 1", false}, {"ask_anew:", false},
		{"worse: yes", true}, {"worse: no", true}, {"worse: 'no'", true}, {"worse: true", false}, {"worse: Yes", false},
	} {
		question := "kind: yes_no, ask: Q, worse: no, " + c.text
		if strings.HasPrefix(c.text, "worse") {
			question = "kind: yes_no, ask: Q, " + c.text
		}
		text := clinicWith("", "") + "\n"
		text = strings.Replace(text, `{kind: yes_no, ask: "Steady?", worse: no}`, "{"+question+"}", 1)
		_, ds := read(t, map[string]string{"clinic.yaml": text})
		refused, _, _ := verdict(ds)
		if got := problems(t, s, text) == ""; got != c.want || refused == c.want {
			t.Errorf("%s: the schema takes it: %v, the reader takes it: %v, want %v", c.text, got, !refused, c.want)
		}
	}
}

// Words that mean something to YAML, JSON or a pattern may be ids and labels.
func TestAwkwardWords(t *testing.T) {
	for _, label := range []string{"True", "a|b", "(", "[x", `\d+`, "a.b*", "ÄÖ ß", "50 % ^ $", "{}", `quote " and '`, "a/b"} {
		text := strings.Replace(clinicWith("ANSWERS", fmt.Sprintf("home: '%s'", strings.ReplaceAll(label, "'", "''"))), "family: With family", "family: '"+strings.ReplaceAll(label, "'", "''")+"'", 1)
		p := load(t, map[string]string{"clinic.yaml": text})
		if problem := problems(t, compile(t, schema.Options{Pack: p}), text); problem != "" {
			t.Errorf("%s: %s", label, problem)
		}
	}
	text := clinicWith("CONDITION", "{all: [true, {home: true}]}")
	text = strings.Replace(text, "unsafe: {title", "true: {title: true, when: {risk: plan}}\n  unsafe: {title", 1)
	text = strings.Replace(text, "options: {family", "options: {true: True, family", 1)
	p := load(t, map[string]string{"clinic.yaml": text})
	for _, opts := range []schema.Options{{}, {Pack: p}} {
		if problem := problems(t, compile(t, opts), text); problem != "" {
			t.Errorf("an id that is true: %s", problem)
		}
	}
}

// A pack without conditions, services, notes and profiles says so.
func TestBarePack(t *testing.T) {
	text := regexp.MustCompile(`(?ms)^(scores|conditions|services|warnings|profiles|tests):.*?(^[a-z]|\z)`).ReplaceAllString(clinicWith("CONDITION", "{risk: plan}"), "$2")
	text = regexp.MustCompile(`(?ms)^(conditions|services|warnings|profiles|tests):.*?(^[a-z]|\z)`).ReplaceAllString(text, "$2")
	text = strings.Replace(text, "    services: [cbt]\n", "", 1)
	p := load(t, map[string]string{"clinic.yaml": text})
	if len(p.Conditions)+len(p.Services)+len(p.Notes)+len(p.Profiles)+len(p.Scores) > 0 {
		t.Fatal("the pack has something that it should not have")
	}
	s := compile(t, schema.Options{Pack: p})
	if problem := problems(t, s, text); problem != "" {
		t.Error(problem)
	}
	for _, more := range []string{"levels: {iop: {title: P, summary: S, action: R, services: [cbt]}}", "conditions: {a: {title: a, when: unsafe}}", "tests: [{name: a, profile: well, expect: {level: iop}}]"} {
		if problems(t, s, more) == "" {
			t.Errorf("takes %s", more)
		}
	}
}
