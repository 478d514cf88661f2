package batch_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

// A file of two persons, one of them assessed twice.
func ExampleReview() {
	p, _, err := pack.Load(rules.FS, rules.Default, pack.LoadOptions{})
	if err != nil {
		panic(err)
	}
	e, err := engine.Compile(p)
	if err != nil {
		panic(err)
	}
	in := strings.NewReader(`patient,visit,program,emergency,phq9
A-17,2026-01-05,iop,none,18
A-17,2026-02-02,,overdose,21
B-02,2026-01-12,outpatient,none,9
`)
	var out strings.Builder
	s, err := batch.Review(context.Background(), e, in, &out, batch.Options{IDColumn: "patient", Reviews: batch.Reviews{DateColumn: "visit", PlacedColumn: "program"}})
	if err != nil {
		panic(err)
	}
	rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
	if err != nil {
		panic(err)
	}
	for _, row := range rows {
		fmt.Printf("%q\n", row[:7])
	}
	fmt.Println(s.Rows, "records of", s.Review.People, "persons")
	// Output:
	// ["id" "date" "assessments" "status" "verdict" "outcomes" "present"]
	// ["A-17" "2026-02-02" "2" "determined" "step_up" "step_up" "iop"]
	// ["B-02" "2026-01-12" "1" "single" "" "" ""]
	// 3 records of 2 persons
}
