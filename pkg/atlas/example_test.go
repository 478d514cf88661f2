package atlas_test

import (
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/carelevel/carelevel/pkg/atlas"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

func medicare() *pack.Pack {
	p, _, err := pack.Load(rules.FS, "medicare-iop", pack.LoadOptions{})
	if err != nil {
		log.Fatal(err)
	}
	return p
}

func ExampleMap() {
	p := medicare()
	table, err := atlas.Map(p, atlas.Options{Levels: []*pack.Level{p.Level("iop")}})
	if err != nil {
		log.Fatal(err)
	}
	if err := atlas.WriteCSV(os.Stdout, table); err != nil {
		log.Fatal(err)
	}
	// Output:
	// around_the_clock,danger,otherwise_inpatient,hours,more_than_sessions,level,combinations,share
	// no,no,no,nine_to_nineteen,,iop,96580141056,0.0416667
	// no,no,no,under_nine,yes,iop,48290070528,0.0208333
}

func ExampleCheck() {
	p := medicare()
	theirs := strings.Join([]string{
		"around_the_clock,danger,otherwise_inpatient,hours,more_than_sessions,level",
		"yes,,,,,inpatient",
		"no,yes,,,,inpatient",
		"no,no,yes,,,php",
		"no,no,no,twenty_or_more,,php",
		"no,no,no,nine_to_nineteen,yes,iop", // and if no more than sessions are needed?
		"no,no,no,under_nine,yes,iop",
		"no,no,no,under_nine|nine_to_nineteen,no,outpatient",
	}, "\n")
	table, problems := atlas.Read(p, "theirs.csv", []byte(theirs), nil)
	if len(problems) > 0 {
		log.Fatal(problems)
	}
	found, err := atlas.Check(table, atlas.CheckOptions{})
	if err != nil {
		log.Fatal(err)
	}
	for _, d := range found.ByRow {
		fmt.Printf("line %d says %s, the rules say %s in %v combinations\n", d.Line, d.Table.ID, d.Pack.ID, d.Count)
		fmt.Print(string(p.EncodeAnswers(d.Example)))
	}
	// Output:
	// line 8 says outpatient, the rules say iop in 48290070528 combinations
	// # What the person needs
	// around_the_clock: no
	// danger: no
	// otherwise_inpatient: no
	// hours: nine_to_nineteen  # From 9 to 19
	// more_than_sessions: no
}

func ExampleDrawCriteria() {
	p := medicare()
	g := atlas.DrawCriteria(p, []*pack.Level{p.Level("inpatient")})
	if err := atlas.WriteMermaid(os.Stdout, g); err != nil {
		log.Fatal(err)
	}
	// Output:
	// %% Medicare coverage check for intensive outpatient and partial hospitalization services: what argues for at least Evaluation for inpatient psychiatric care
	// %% Any one arrow into a box is enough; a higher level that is reached, too, is recommended instead.
	// flowchart LR
	//   level_inpatient(["Evaluation for inpatient<br/>psychiatric care"])
	//   criterion_inpatient__24__hour__care["The person needs 24-hour<br/>care, which neither<br/>program benefit covers."]
	//   question_around_the_clock("need of 24-hour care")
	//   criterion_inpatient__danger["The person is judged<br/>dangerous to self or<br/>others, which neither<br/>program benefit covers."]
	//   question_danger("danger to self or others")
	//   criterion_inpatient__24__hour__care --> level_inpatient
	//   question_around_the_clock -->|"yes"| criterion_inpatient__24__hour__care
	//   criterion_inpatient__danger --> level_inpatient
	//   question_danger -->|"yes"| criterion_inpatient__danger
	//   classDef question fill:#e8f0fa,stroke:#4a6fa5,color:#222
	//   class question_around_the_clock,question_danger question
	//   classDef criterion fill:#fff,stroke:#555,color:#222
	//   class criterion_inpatient__24__hour__care,criterion_inpatient__danger criterion
	//   classDef level fill:#fbeed5,stroke:#a07020,stroke-width:2px,color:#222
	//   class level_inpatient level
}
