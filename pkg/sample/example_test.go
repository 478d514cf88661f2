package sample_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/sample"
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
      helpers: {kind: multi, ask: "Who helps?", worse: neither, options: {family: Family, friends: Friends, others: Others}}
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

func tiny() *pack.Pack {
	files := fstest.MapFS{"tiny.yaml": {Data: []byte(tinyPack)}}
	p, problems, err := pack.Load(files, "tiny.yaml", pack.LoadOptions{})
	if err != nil || diag.HasErrors(problems) {
		log.Fatal(err, problems)
	}
	return p
}

// A file for a trial is written in one go.
func ExampleWrite() {
	g, err := sample.New(tiny(), sample.Options{Seed: 1, Missing: 20})
	if err != nil {
		log.Fatal(err)
	}
	if err := sample.Write(context.Background(), os.Stdout, g, "csv", 6); err != nil {
		log.Fatal(err)
	}
	// Output:
	// id,functioning,alone,helpers
	// s000001,impaired,yes,family;others
	// s000002,kept,no,none
	// s000003,kept,no,none
	// s000004,kept,no,family
	// s000005,impaired,yes,
	// s000006,kept,no,friends;others
}

// A test draws answers one by one, and knows what they lead to.
func ExampleGenerator_Next() {
	p := tiny()
	g, err := sample.New(p, sample.Options{Seed: 1})
	if err != nil {
		log.Fatal(err)
	}
	answers := p.NewAnswers()
	for range 3 {
		level := g.Next(answers)
		fmt.Println(p.Levels[level].ID, string(p.AnswersJSON(answers)))
	}
	// Output:
	// daily {"functioning":"impaired","alone":"yes","helpers":["family","others"]}
	// weekly {"functioning":"kept","alone":"no","helpers":[]}
	// weekly {"functioning":"kept","alone":"no","helpers":[]}
}
