package space_test

import (
	"fmt"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
	"github.com/carelevel/carelevel/rules"
)

// In how many ways can all questions of the default pack be answered, and how
// many of them lead to an intensive outpatient program?
func Example() {
	p, _, err := pack.Load(rules.FS, rules.Default, pack.LoadOptions{})
	if err != nil {
		panic(err)
	}
	var conditions []pack.Condition
	byLevel := make([][]pack.Condition, len(p.Levels))
	for i, l := range p.Levels {
		for _, c := range l.Indications {
			byLevel[i] = append(byLevel[i], c.When)
			conditions = append(conditions, c.When)
		}
	}
	s, err := space.New(p, space.Options{Conditions: conditions})
	if err != nil {
		panic(err)
	}
	level := s.Highest(byLevel)
	if err := s.Err(); err != nil {
		panic(err)
	}
	fmt.Println("ways to answer:", s.Size())

	iop := p.Level("iop").Index
	fmt.Println("of these, to IOP:", s.Counts(level)[iop])
	// Output:
	// ways to answer: 8701719409046918459243788705506263040
	// of these, to IOP: 359830290365901239438916861296640
}
