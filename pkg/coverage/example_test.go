package coverage_test

import (
	"fmt"
	"log"
	"os"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/coverage"
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// What one case leaves untried, and the first of the cases that would try it.
func ExampleReport_Suggest() {
	p, problems, err := pack.Load(fstest.MapFS{"small.yaml": {Data: []byte(small)}}, "small.yaml", pack.LoadOptions{})
	if err != nil || diag.HasErrors(problems) {
		log.Fatal(err, problems)
	}
	e, err := engine.Compile(p)
	if err != nil {
		log.Fatal(err)
	}
	a := p.NewAnswers()
	if err := p.Set(a, "crises=5"); err != nil {
		log.Fatal(err)
	}
	report, err := coverage.Run(e, []coverage.Case{{Name: "many crises", Answers: []pack.Answers{a}}})
	if err != nil {
		log.Fatal(err)
	}
	n := report.Count(nil)
	fmt.Println(n.Covered, "of", n.Reachable, "and", n.Impossible, "cannot be")
	cases, _ := report.Suggest()
	if err := report.WriteSuggestions(os.Stdout, cases[:1]); err != nil {
		log.Fatal(err)
	}
	// Output:
	// 15 of 55 and 8 cannot be
	// # For small 1.0.0, in 1 case, what its own cases do not cover: 13 obligations.
	// # Below expect stands what the rules give now, as a comment. Read each case, decide
	// # what should come of it, and take the comment signs away from what is right.
	// # Until then the case expects nothing, and the pack is refused.
	// tests:
	//   - name: "suggested 1: unwell-and-many does not hold"
	//     # covers small.yaml:29:13: unwell-and-many does not hold
	//     # covers small.yaml:32:15: unwell-and-many: “being <unwell> is yes” holds
	//     # covers small.yaml:33:15: unwell-and-many: many does not hold
	//     # covers small.yaml:33:15: unwell-and-many: many decides by not holding
	//     # covers small.yaml:36:14: many-alone does not hold
	//     # covers small.yaml:36:39: many-alone: many does not hold
	//     # covers small.yaml:36:39: many-alone: many decides by not holding
	//     # covers small.yaml:37:34: never: many does not hold
	//     # covers small.yaml:37:34: never: many decides by not holding
	//     # covers small.yaml:37:41: never: “crises are at most 3” holds
	//     # covers small.yaml:20:3: many does not hold
	//     # covers small.yaml:22:3: low is recommended
	//     # covers small.yaml:15:7: unwell is answered with yes
	//     answers:
	//       unwell: yes
	//       crises: 0
	//     expect:
	//       # level: low
	//       # holds_not: [unwell-and-many, many-alone, never]
}
