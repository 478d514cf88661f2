package compare

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// joint is one pack that asks what either of two packs asks.
type joint struct {
	pack      *pack.Pack
	questions []*jointQuestion // in the order of pack.Questions
	of        [2]map[*pack.Question]*jointQuestion
	apart     map[string]Apart // by the id of two questions that are not one
}

// jointQuestion is a question of the joint pack, and what it is on each side.
type jointQuestion struct {
	*pack.Question
	on   [2]*pack.Question // nil where the side does not ask it
	maps [2]mapping
}

// join lays two packs over each other. The questions stand in New's order;
// those that only Old asks follow what they followed there.
func join(old, new *pack.Pack) *joint {
	j := &joint{pack: &pack.Pack{ID: "joint"}, apart: map[string]Apart{},
		of: [2]map[*pack.Question]*jointQuestion{{}, {}}}
	for _, n := range new.Questions {
		o := old.Question(n.ID)
		if o == nil {
			j.questions = append(j.questions, alone(New, new, n))
			continue
		}
		q, maps, apart := match(bounded(old, o), bounded(new, n))
		if apart != Together {
			j.apart[n.ID] = apart
			j.questions = append(j.questions, alone(New, new, n))
			continue
		}
		j.questions = append(j.questions, &jointQuestion{q, [2]*pack.Question{o, n}, maps})
	}
	j.insertOld(old)
	for i, q := range j.questions {
		j.add(i, q)
	}
	return j
}

// insertOld puts the questions that only Old asks between the others.
func (j *joint) insertOld(old *pack.Pack) {
	at := 0
	for _, o := range old.Questions {
		i := slices.IndexFunc(j.questions, func(q *jointQuestion) bool { return q.on[Old] == o })
		if i < 0 {
			i = at
			j.questions = slices.Insert(j.questions, i, alone(Old, old, o))
		}
		at = i + 1
	}
}

// alone is a question that only one side asks.
func alone(s Side, p *pack.Pack, q *pack.Question) *jointQuestion {
	own := bounded(p, q)
	own.Fill = pack.Fill{}
	out := &jointQuestion{Question: own}
	out.on[s] = q
	out.maps[s].factor = 1
	for i := range q.Options {
		out.maps[s].options = append(out.maps[s].options, i)
	}
	return out
}

// bounded returns a copy of a question whose bounds are those of its slot, which
// every kind of question has.
func bounded(p *pack.Pack, q *pack.Question) *pack.Question {
	own := *q
	own.Min, own.Max = p.Slots[q.Slot].Min, p.Slots[q.Slot].Max
	return &own
}

// add gives a question its places in the joint pack.
func (j *joint) add(index int, q *jointQuestion) {
	p := j.pack
	q.Index, q.Slot, q.Section = index, len(p.Slots), nil
	p.Questions = append(p.Questions, q.Question)
	p.Slots = append(p.Slots, pack.Slot{ID: q.ID, Question: q.Question, Item: -1, Min: q.Min, Max: q.Max})
	q.Items = slices.Clone(q.Items)
	for i := range q.Items {
		q.Items[i].Slot = len(p.Slots)
		p.Slots = append(p.Slots, pack.Slot{ID: q.Items[i].ID, Question: q.Question, Item: i, Max: pack.Value(len(q.Grades) - 1)})
	}
	for s, own := range q.on {
		if own != nil {
			j.of[s][own] = q
		}
	}
}

// slot returns the joint place of a side's slot.
func (j *joint) slot(s Side, p *pack.Pack, slot int) (int, *jointQuestion) {
	own := p.Slots[slot]
	q := j.of[s][own.Question]
	if own.IsItem() {
		return q.Items[own.Item].Slot, q
	}
	return q.Slot, q
}

// answers returns what joint answers are on one side.
func (j *joint) answers(s Side, p *pack.Pack, a pack.Answers) pack.Answers {
	out := p.NewAnswers()
	for _, q := range j.questions {
		own := q.on[s]
		switch {
		case own == nil:
		case len(own.Items) > 0:
			out[own.Slot] = a[q.Slot]
			for i, it := range own.Items {
				out[it.Slot] = a[q.Items[i].Slot]
			}
		case len(q.Items) > 0:
			if total, _, known := q.Total(a); known {
				out[own.Slot] = total
			}
		case a[q.Slot].Known():
			out[own.Slot] = q.maps[s].value(q.Question, a[q.Slot])
		}
	}
	return out
}
