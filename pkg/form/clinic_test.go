package form

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// clinicYAML is a small pack with a question of every kind.
const clinicYAML = `
pack:
  id: clinic
  version: 1.0.0
  title: Level of care in a small clinic
  description: For tests.
  population: Nobody.
  intended_use: Tests.
  levels: [outpatient, iop, crisis]
  sections: [safety, symptoms, life]
  limits: [Not for people.]
sources:
  book: {title: A book, date: "2024"}
sections:
  safety:
    title: Safety
    help: Ask directly.
    questions:
      danger:
        kind: multi
        ask: Is any of this happening right now?
        help: Anything chosen here is an emergency.
        worse: more
        options:
          overdose: {label: Overdose, help: "Taken, or suspected."}
          violence: Violence under way
        sources: [book]
      risk:
        kind: scale
        name: suicide risk
        ask: What is the most serious suicidal thought or act, now or within the time stated?
        help: Choose the last line that fits. An attempt includes one that was interrupted or given up.
        options:
          none: No thoughts
          passive: {label: Wish to be dead, help: "Would rather not wake up; no thought of killing oneself."}
          thoughts: {label: Thoughts without plan or intent, help: "A method may have come to mind, but nothing is worked out and the person does not mean to act."}
          plan: {label: Thoughts with plan or intent, help: "Either of the two is enough."}
        sources: [book]
  symptoms:
    title: Symptoms
    questions:
      phq:
        kind: instrument
        name: PHQ-2
        ask: "Over the last 2 weeks, how often have you been bothered by these?"
        items: [Little interest, Feeling down]
        grades: [Not at all, Several days, More than half the days, Nearly every day]
        sources: [book]
  life:
    title: Life
    questions:
      crises: {kind: number, ask: "How many crises were there in the past 2 weeks?", unit: crises, min: 0, max: 30, worse: higher, sources: [book]}
      groups: {kind: yes_no, name: taking part, ask: "Can the person take part in groups?", worse: no, sources: [book]}
levels:
  outpatient:
    title: Outpatient care
    short: Outpatient
    summary: Once a week.
    action: Go on.
    sources: [book]
  iop:
    title: Intensive outpatient program
    short: IOP
    summary: Several times a week.
    action: Refer.
    sources: [book]
    indications:
      - {id: iop-plan, when: {risk: plan}, because: "There is a plan or the intent to act, so that once a week is too little.", sources: [book]}
      - {id: iop-low, when: {all: [{phq: {at_least: 3}}, {crises: {at_least: 2}}]}, because: Low mood and crises together., sources: [book]}
    requirements:
      - {id: iop-groups, when: {groups: yes}, otherwise: Begin alone., sources: [book]}
  crisis:
    title: Emergency protocol
    short: Crisis
    summary: Act now.
    action: Stop here. Do not leave the person alone and call for help.
    emergency: true
    sources: [book]
    indications:
      - {id: crisis-danger, when: {danger: {includes: [overdose, violence]}}, because: Life is in danger now., sources: [book]}
warnings:
  - {id: look, when: {risk: {at_least: passive}}, because: There are thoughts of death., sources: [book]}
`

// clinic returns the pack, with replacements (old, new, old, new, …) in its
// text, compiled.
func clinic(t *testing.T, replace ...string) *engine.Engine {
	t.Helper()
	text := strings.NewReplacer(replace...).Replace(clinicYAML)
	src := new(diag.Sources)
	p, ds, err := pack.Load(fstest.MapFS{"clinic.yaml": {Data: []byte(text)}}, "clinic.yaml", pack.LoadOptions{Sources: src})
	if err != nil {
		t.Fatal(err)
	}
	if diag.HasErrors(ds) {
		var b strings.Builder
		_ = diag.WriteText(&b, ds, src)
		t.Fatal(b.String())
	}
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	return e
}
