package engine_test

import (
	"fmt"
	"log"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

const tinyPack = `
pack:
  id: tiny
  version: 1.0.0
  title: Weekly or more
  description: Two levels and one criterion.
  population: Adults
  intended_use: An example
  limits: [Not for use with people.]
  levels: [weekly, daily]
  sections: [state]
sections:
  state:
    title: State
    questions:
      functioning: {kind: scale, ask: "How is daily life?", options: {kept: Kept up, impaired: Impaired, lost: Lost}}
      alone: {kind: yes_no, ask: "Lives alone?", worse: yes}
sources:
  us: {title: Our own}
levels:
  weekly: {title: Weekly, summary: Once a week., action: Book it., sources: [us]}
  daily:
    title: Daily
    summary: Every day.
    action: Refer.
    sources: [us]
    indications:
      - {id: daily-life-lost, when: {functioning: lost}, because: Daily life is lost., sources: [us]}
      - id: impaired-and-alone
        when: {all: [{functioning: {at_least: impaired}}, {alone: yes}]}
        because: Nobody would notice.
        sources: [us]
`

// A program that embeds the engine compiles a pack once and reuses one
// Decision per goroutine.
func Example() {
	files := fstest.MapFS{"tiny.yaml": {Data: []byte(tinyPack)}}
	p, problems, err := pack.Load(files, "tiny.yaml", pack.LoadOptions{})
	if err != nil || diag.HasErrors(problems) {
		log.Fatal(err, problems)
	}
	e, err := engine.Compile(p)
	if err != nil {
		log.Fatal(err)
	}
	answers := p.NewAnswers()
	if err := p.Set(answers, "functioning=impaired"); err != nil {
		log.Fatal(err)
	}
	var d engine.Decision
	for _, assignment := range []string{"alone=not_assessed", "alone=yes"} {
		if err := p.Set(answers, assignment); err != nil {
			log.Fatal(err)
		}
		e.Decide(answers, &d)
		fmt.Println(assignment)
		for l := range d.Levels {
			fmt.Println("  possible:", p.Levels[l].ID)
		}
		for _, i := range d.Indications(nil) {
			fmt.Println("  because:", e.Criteria()[i].ID)
		}
	}
	// Output:
	// alone=not_assessed
	//   possible: weekly
	//   possible: daily
	// alone=yes
	//   possible: daily
	//   because: impaired-and-alone
}
