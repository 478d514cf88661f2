package compare_test

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// asked is one question of either pack, with every answer that both can be
// given, as texts say it.
type asked struct {
	on      [2]*pack.Question
	answers []func(a *[2]pack.Answers)
}

// askedOf is a naive reading of "the same question with the same answer": the
// text of an answer in one pack is one in the other.
func askedOf(old, new *pack.Pack) []asked {
	var out []asked
	for _, o := range old.Questions {
		n := new.Question(o.ID)
		if n == nil {
			out = append(out, aloneOf(0, old, o))
			continue
		}
		if both := together(old, new, o, n); both != nil {
			out = append(out, asked{[2]*pack.Question{o, n}, both})
		} else {
			out = append(out, aloneOf(0, old, o), aloneOf(1, new, n))
		}
	}
	for _, n := range new.Questions {
		if old.Question(n.ID) == nil {
			out = append(out, aloneOf(1, new, n))
		}
	}
	return out
}

func aloneOf(side int, p *pack.Pack, q *pack.Question) asked {
	out := asked{}
	out.on[side] = q
	if len(q.Items) > 0 {
		forItems(q, func(grades []pack.Value, _ pack.Value) {
			out.answers = append(out.answers, func(a *[2]pack.Answers) { layItems(a[side], q, grades) })
		})
		return out
	}
	for v := p.Slots[q.Slot].Min; v <= p.Slots[q.Slot].Max; v++ {
		out.answers = append(out.answers, func(a *[2]pack.Answers) { a[side][q.Slot] = v })
	}
	return out
}

func forItems(q *pack.Question, yield func(grades []pack.Value, sum pack.Value)) {
	grades := make([]pack.Value, len(q.Items))
	for {
		sum := pack.Value(0)
		for _, g := range grades {
			sum += g
		}
		yield(slices.Clone(grades), sum)
		i := 0
		for ; i < len(grades) && grades[i] == pack.Value(len(q.Grades)-1); i++ {
			grades[i] = 0
		}
		if i == len(grades) {
			return
		}
		grades[i]++
	}
}

func layItems(a pack.Answers, q *pack.Question, grades []pack.Value) {
	for i, it := range q.Items {
		a[it.Slot] = grades[i]
	}
}

func together(old, new *pack.Pack, o, n *pack.Question) (answers []func(*[2]pack.Answers)) {
	ordered := func(q *pack.Question) bool { return q.Kind == pack.Scale || q.Kind == pack.Choice }
	if o.Kind != n.Kind && !(ordered(o) && ordered(n)) || o.Unit != n.Unit {
		return nil
	}
	if items := max(len(o.Items), len(n.Items)); items > 0 {
		if len(o.Items)+len(n.Items) == 2*items && len(o.Grades) != len(n.Grades) || len(o.Items)*len(n.Items) > 0 && len(o.Items) != len(n.Items) || o.Max != n.Max {
			return nil
		}
		full := o
		if len(n.Items) > 0 {
			full = n
		}
		forItems(full, func(grades []pack.Value, sum pack.Value) {
			answers = append(answers, func(a *[2]pack.Answers) {
				for s, q := range []*pack.Question{o, n} {
					if len(q.Items) > 0 {
						layItems(a[s], q, grades)
					} else {
						a[s][q.Slot] = sum
					}
				}
			})
		})
		return answers
	}
	for v := old.Slots[o.Slot].Min; v <= old.Slots[o.Slot].Max; v++ {
		w, err := new.ParseAnswer(n.Slot, old.FormatAnswer(o.Slot, v))
		if err == nil {
			answers = append(answers, func(a *[2]pack.Answers) { a[0][o.Slot], a[1][n.Slot] = v, w })
		}
	}
	if o.Kind == pack.Multi && len(answers) == 1 {
		return nil // "none of these" is no answer in common
	}
	return answers
}

// testedSlots are the slots under the indications of a pack.
func testedQuestions(p *pack.Pack) map[*pack.Question]bool {
	out := map[*pack.Question]bool{}
	for _, l := range p.Levels {
		for _, c := range l.Indications {
			pack.Walk(c.When, func(c pack.Condition) bool {
				switch c := c.(type) {
				case *pack.Includes:
					out[p.Slots[c.Slot].Question] = true
				case *pack.In:
					if c.Score == nil {
						out[p.Slots[c.Slot].Question] = true
						break
					}
					for _, t := range c.Score.Terms {
						out[p.Slots[t.Slot].Question] = true
					}
				}
				return true
			})
		}
	}
	return out
}

// everyJoint yields every combination of answers to some questions, or nothing
// and false if there are more than limit.
func everyJoint(old, new *pack.Pack, of []asked, limit int, yield func([2]pack.Answers)) bool {
	n := 1
	for _, q := range of {
		if n *= len(q.answers); n > limit {
			return false
		}
	}
	a := [2]pack.Answers{old.NewAnswers(), new.NewAnswers()}
	var fill func(i int)
	fill = func(i int) {
		if i == len(of) {
			yield(a)
			return
		}
		for _, lay := range of[i].answers {
			lay(&a)
			fill(i + 1)
		}
	}
	fill(0)
	return true
}
