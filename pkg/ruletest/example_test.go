package ruletest_test

import (
	"log"
	"os"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/ruletest"
)

// A case that expects too little of somebody who is unwell and alone.
func ExampleRunPack() {
	text := rules + `
  - name: unwell and alone
    answers: {unwell: yes, alone: yes}
    expect: {level: low}
`
	p, problems, err := pack.Load(fstest.MapFS{"small.yaml": {Data: []byte(text)}}, "small.yaml", pack.LoadOptions{})
	if err != nil || diag.HasErrors(problems) {
		log.Fatal(err, problems)
	}
	e, err := engine.Compile(p)
	if err != nil {
		log.Fatal(err)
	}
	results, err := ruletest.RunPack(e, ruletest.Options{})
	if err != nil {
		log.Fatal(err)
	}
	if _, err := ruletest.WriteText(os.Stdout, p.ID, results); err != nil {
		log.Fatal(err)
	}
	// Output:
	// small.yaml:38:11: unwell and alone
	//   level: expected low, got high
	//   what decided:
	//     unwell-and-alone holds, for high: unwell = yes, alone = yes
	// small: 1 of 1 case failed
}
