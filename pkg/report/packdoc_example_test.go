package report

import (
	"os"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/pack"
)

func ExamplePackText() {
	fsys := fstest.MapFS{"tiny.yaml": {Data: []byte(tiny)}}
	p, _, err := pack.Load(fsys, "tiny.yaml", pack.LoadOptions{})
	if err != nil {
		panic(err)
	}
	p.Hash = "sha256:0123456789abcdef"
	if err := PackText(os.Stdout, PackInput{Pack: p}, TextOptions{Width: 100}); err != nil {
		panic(err)
	}
	// Output:
	// Tiny
	// tiny 1.0.0 (0123456789ab) · 2 levels, 1 question, 1 criterion
	//
	// An example.
	//
	// A stated policy with its sources, not a validated instrument. Whether following it is right for
	// people is for those who approve it to judge, and for the clinician in each case.
	//
	// Intended use and limits
	//   Use: Shows a document.
	//   About: Nobody.
	//   • Not validated.
	//
	// How the rules decide
	//   The levels are in order, from the least to the most intensive. Each indication that holds argues
	//   for at least its level. The highest level that one argues for is recommended; where none argues,
	//   it is the lowest level.
	//   Nothing is averaged, and no good answer cancels a bad one. Requirements, supports, services,
	//   warnings, contradictions, barriers, signs and what is said over time never move the
	//   recommendation.
	//   A missing answer never counts as the good one. While missing answers could still lead to another
	//   level, the result is undetermined and names the levels that are possible.
	//
	// The levels side by side
	//                 Low                                       High
	//                 ────────────────────────────────────────  ────────────────────────────────────────
	// ≠ In a          Low. [1]                                  High. [1]
	//   sentence
	//
	// ≠ the levels differ here
	//
	// Level 1 of 2: Low
	//   The base level: recommended when nothing argues for more.
	//   When it is recommended: Nothing.
	//
	// Level 2 of 2: High
	//   When it is recommended: Something.
	//
	//   Argues for at least High
	//   • The person is unwell. [1] unwell-is-high
	//     When: being unwell is yes.
	//
	// Questions: One
	//   • Unwell? unwell
	//     Answers: yes or no; yes is worse
	//
	// Sources
	//   1. A book.
	//
	// Rules tiny 1.0.0 · sha256:0123456789abcdef
}

// tiny is as little as a pack can be.
const tiny = `pack:
  id: tiny
  version: 1.0.0
  title: Tiny
  description: An example.
  population: Nobody.
  intended_use: Shows a document.
  levels: [low, high]
  sections: [one]
  limits: [Not validated.]
sections:
  one: {title: One, questions: {unwell: {kind: yes_no, name: being unwell, ask: "Unwell?", worse: yes}}}
sources: {book: {title: A book}}
levels:
  low: {title: Low, summary: Low., action: Nothing., sources: [book]}
  high:
    title: High
    summary: High.
    action: Something.
    sources: [book]
    indications: [{id: unwell-is-high, when: {unwell: yes}, because: The person is unwell., sources: [book]}]
`
