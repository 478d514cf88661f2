package report

import (
	"fmt"
	"io"
	"testing"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/explain"
	"github.com/carelevel/carelevel/pkg/pack"
)

// TestWhyNot tells for each level, in one golden file a case, how it stands to
// the recommendation.
func TestWhyNot(t *testing.T) {
	for _, name := range []string{"outpatient", "iop", "undetermined", "crisis"} {
		in := inputOf(t, name)
		var all, md string
		for _, l := range in.Recommendation.Pack.Levels {
			all += "### --why " + l.ID + "\n\n" + rendered(t, func(w io.Writer) error { return WhyText(w, in, l, TextOptions{}) }) + "\n"
			md += rendered(t, func(w io.Writer) error { return WhyMarkdown(w, in, l) })
		}
		golden(t, "why-"+name+".txt", all)
		golden(t, "why-"+name+".md", md)
	}
	in := inputOf(t, "iop")
	for _, id := range []string{"outpatient", "iop", "php"} {
		l := in.Recommendation.Pack.Level(id)
		golden(t, "why-iop-"+id+".json", rendered(t, func(w io.Writer) error { return WhyJSON(w, in, l) }))
	}
	golden(t, "why-iop-php.html", withoutStyle(rendered(t, func(w io.Writer) error { return WhyHTML(w, in, in.Recommendation.Pack.Level("php")) })))
}

// eitherWay is a pack that recommends a level before any of its reasons is
// known to hold: one of two does, whatever the answer is.
const eitherWay = `
pack:
  id: either-way
  version: 1.0.0
  title: Either way
  description: A pack with a level that cases force.
  limits: [Not validated.]
  population: Adults
  intended_use: Clinicians
  levels: [low, high, higher]
  sections: [all]
sections:
  all:
    title: All
    questions:
      home: {kind: yes_no, ask: "Is there a home?", worse: neither}
      pain: {kind: yes_no, ask: "Is there pain?", worse: yes}
      fever: {kind: yes_no, ask: "Is there fever?", worse: yes}
levels:
  low: {title: Low, summary: Less., action: Wait.}
  high:
    title: High
    summary: More.
    action: Act.
    indications:
      - {id: at-home, when: {home: yes}, because: There is a home to go to., sources: [s]}
      - {id: no-home, when: {home: no}, because: There is no home to go to., sources: [s]}
      - {id: pain, when: {pain: yes}, because: There is pain., sources: [s]}
  higher:
    title: Higher
    summary: Most.
    action: Hurry.
    indications:
      - {id: fever, when: {all: [{fever: yes}, {pain: yes}]}, because: There is fever with pain., sources: [s]}
sources:
  s: {title: A source}
`

func TestOneOfTheReasonsIsBoundToHold(t *testing.T) {
	p, ds, err := pack.Load(fstest.MapFS{"p.yaml": {Data: []byte(eitherWay)}}, "p.yaml", pack.LoadOptions{})
	if err != nil || diag.HasErrors(ds) {
		t.Fatal(err, ds)
	}
	for name, answers := range map[string]string{"bound": "fever: no\npain: no\n", "bound-open": "fever: yes\n"} {
		in := input(t, p, name, answers)
		golden(t, name+".txt", text(t, in, TextOptions{}))
		golden(t, name+".json", rendered(t, func(w io.Writer) error { return JSON(w, in) }))
		for _, l := range p.Levels {
			golden(t, fmt.Sprintf("why-%s-%s.txt", name, l.ID), rendered(t, func(w io.Writer) error { return WhyText(w, in, l, TextOptions{}) }))
		}
	}
}

// TestTooLargeIsSaid takes the budget away: the report must not look exact.
func TestTooLargeIsSaid(t *testing.T) {
	in := inputOf(t, "nothing")
	e, err := engine.Compile(in.Recommendation.Pack)
	if err != nil {
		t.Fatal(err)
	}
	e = e.WithBudget(1)
	in.Recommendation = e.Recommend(in.Recommendation.Answers)
	in.Explanation = explain.Explain(e, in.Recommendation)
	golden(t, "bounds.txt", text(t, in, TextOptions{}))
}
