package compare

import "github.com/carelevel/carelevel/pkg/pack"

// walk visits every test under a condition once, however many named conditions
// share it.
func walk(c pack.Condition, seen map[*pack.NamedCondition]bool, visit func(pack.Condition)) {
	var of []pack.Condition
	switch c := c.(type) {
	case *pack.All:
		of = c.Of
	case *pack.Any:
		of = c.Of
	case *pack.None:
		of = c.Of
	case *pack.AtLeast:
		of = c.Of
	case *pack.Ref:
		if !seen[c.To] {
			seen[c.To] = true
			walk(c.To.When, seen, visit)
		}
		return
	case nil:
		return
	default:
		visit(c)
		return
	}
	for _, k := range of {
		walk(k, seen, visit)
	}
}

// testedBy returns the questions that the indications of a pack test.
func testedBy(p *pack.Pack) map[*pack.Question]bool {
	out, seen := map[*pack.Question]bool{}, map[*pack.NamedCondition]bool{}
	mark := func(slot int) { out[p.Slots[slot].Question] = true }
	for _, l := range p.Levels {
		for _, c := range l.Indications {
			walk(c.When, seen, func(test pack.Condition) {
				switch test := test.(type) {
				case *pack.Includes:
					mark(test.Slot)
				case *pack.In:
					if test.Score == nil {
						mark(test.Slot)
						return
					}
					for _, t := range test.Score.Terms {
						mark(t.Slot)
					}
				}
			})
		}
	}
	return out
}

// asksAnswered reports whether a condition tests if something is answered at
// all, which is no statement about complete answers.
func asksAnswered(c pack.Condition) bool {
	found := false
	walk(c, map[*pack.NamedCondition]bool{}, func(test pack.Condition) {
		_, is := test.(*pack.Answered)
		found = found || is
	})
	return found
}
