package compare_test

import (
	"fmt"
	"strings"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/compare"
	"github.com/carelevel/carelevel/pkg/pack"
)

const small = `
pack: {id: mood, version: %s, title: Mood, description: A small pack., population: Nobody., intended_use: An example., limits: [An example.], levels: [low, high], sections: [one]}
sources: {book: {title: A book}}
sections:
  one:
    title: One
    questions:
      mood: {kind: scale, ask: "How is the mood?", options: {good: Good, fair: Fair, poor: Poor, bad: Bad}}
      alone: {kind: yes_no, ask: "Alone?", worse: yes}
levels:
  low: {title: Low, summary: Low., action: Nothing., sources: [book]}
  high:
    title: High
    summary: High.
    action: Something.
    sources: [book]
    indications:
      - {id: sad, when: {mood: {at_least: %s}}, because: Sad., sources: [book]}
`

func smallPack(version, threshold string) *pack.Pack {
	files := fstest.MapFS{"small.yaml": {Data: fmt.Appendf(nil, small, version, threshold)}}
	p, ds, err := pack.Load(files, "small.yaml", pack.LoadOptions{})
	if err != nil || len(ds) > 0 {
		panic(fmt.Sprint(err, ds))
	}
	return p
}

func ExamplePacks() {
	d, err := compare.Packs(smallPack("1.0.0", "poor"), smallPack("1.1.0", "fair"), compare.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Println(d.Moves.Changed, "of", d.Moves.Size)
	for _, m := range d.Moves.Moves {
		fmt.Println(m.Direction, m.From.ID, m.To.ID, m.Count, m.Causes[0].ID)
		fmt.Printf("%s", d.New.EncodeAnswers(m.Example.Answers[compare.New]))
	}
	// Output:
	// 1 of 4
	// higher low high 1 sad
	// # One
	// mood: fair  # Fair
}

func ExampleOn() {
	old, new := smallPack("1.0.0", "poor"), smallPack("1.1.0", "fair")
	in := strings.NewReader(`{"id": "a", "answers": {"mood": "fair"}}
{"id": "b", "answers": {"mood": "good", "alone": "yes"}}
`)
	rows, err := compare.On(old, new, compare.NewReader(old, new).Lines("people.jsonl", in))
	if err != nil {
		panic(err)
	}
	for _, c := range rows.Changed {
		fmt.Println(c.ID, c.At.Line, c.From[0].ID, c.To[0].ID, c.Reasons[0].ID)
	}
	// Output:
	// a 1 low high sad
}
