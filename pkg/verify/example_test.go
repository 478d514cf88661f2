package verify_test

import (
	"fmt"
	"os"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/verify"
)

const clinic = `pack:
  id: clinic
  version: 1.0.0
  title: A small clinic
  description: Sessions or the day program.
  population: Adults.
  intended_use: An example.
  limits: [An example.]
  levels: [sessions, day]
  sections: [all]
sections:
  all:
    title: All
    questions:
      functioning:
        kind: scale
        name: functioning
        ask: How are work, home and relationships?
        options: {kept: Kept up, impaired: Impaired, broken: Broken down}
sources:
  policy: {title: Policy of the clinic}
levels:
  sessions: {title: Sessions, summary: Sessions., action: Offer one., sources: [policy]}
  day:
    title: Day program
    summary: Three days a week.
    action: Refer.
    sources: [policy]
    indications:
      - id: day-impaired
        when: {functioning: impaired}
        because: Needs more than weekly sessions.
        sources: [policy]
`

// The author wrote "impaired" and forgot what is worse.
func Example() {
	src := new(diag.Sources)
	p, _, err := pack.Load(fstest.MapFS{"clinic.yaml": {Data: []byte(clinic)}}, "clinic.yaml", pack.LoadOptions{Name: "clinic.yaml", Sources: src})
	if err != nil {
		panic(err)
	}
	e, err := engine.Compile(p)
	if err != nil {
		panic(err)
	}
	report, err := verify.Run(e, verify.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Println("all is well:", report.OK())
	if err := report.WriteText(os.Stdout, verify.TextOptions{Sources: src, Rules: "clinic.yaml"}); err != nil {
		panic(err)
	}
	// Output:
	// all is well: false
	// clinic 1.0.0: 1 question, 3 ways to answer all of them
	//
	//   level     share               ways to answer
	//   sessions  67 %                2
	//   day       33 %                1
	//   Every way to answer counts the same here, however rare the person is.
	//
	//   levels             2 of 2 are recommended to somebody
	//   rules              1 of 1 criteria, services, notes and guarantees apply to somebody
	//   indications        1 of 1 decide the level for somebody
	//   answers            3 of 3 matter (1 question, and 2 lines that conditions draw)
	//   worse is not less  0 of 1 questions: a worse answer never leads to less; 1 refuted
	//   missing is safe    nothing is filled in: a missing answer leaves open all that it could lead to
	//
	// clinic.yaml:15:7: refuted [worse-is-less]
	//   15 |       functioning:
	//      |       ^^^^^^^^^^^
	//    A worse answer on functioning leads from day down to sessions.
	//    monotone-functioning-better.yaml: day
	//      functioning: impaired  # Impaired
	//    monotone-functioning-worse.yaml: sessions
	//      functioning: broken  # Broken down
	//
	// clinic: 7 statements proved, 1 refuted
	// to replay its answers: carelevel rules verify clinic.yaml --witness FOLDER
}
