package compare

import "github.com/carelevel/carelevel/pkg/pack"

// rewriter brings the conditions of one side onto the joint questions. Named
// conditions and scores are rewritten once, and conditions that share one still
// share it.
type rewriter struct {
	j     *joint
	side  Side
	pack  *pack.Pack
	named map[*pack.NamedCondition]*pack.NamedCondition
	score map[*pack.Score]*pack.Score
}

func newRewriter(j *joint, s Side, p *pack.Pack) *rewriter {
	return &rewriter{j, s, p, map[*pack.NamedCondition]*pack.NamedCondition{}, map[*pack.Score]*pack.Score{}}
}

// condition returns what c says of joint answers. No condition always holds.
func (r *rewriter) condition(c pack.Condition) pack.Condition {
	switch c := c.(type) {
	case *pack.All:
		return &pack.All{Of: r.each(c.Of)}
	case *pack.Any:
		return &pack.Any{Of: r.each(c.Of)}
	case *pack.None:
		return &pack.None{Of: r.each(c.Of)}
	case *pack.AtLeast:
		return &pack.AtLeast{Count: c.Count, Of: r.each(c.Of)}
	case *pack.Ref:
		return &pack.Ref{To: r.namedCondition(c.To)}
	case *pack.In:
		return r.in(c)
	case *pack.Includes:
		return r.includes(c)
	case *pack.Answered:
		slot, _ := r.j.slot(r.side, r.pack, c.Slot)
		return &pack.Answered{Slot: slot, Want: c.Want}
	}
	return &pack.All{}
}

func (r *rewriter) each(of []pack.Condition) []pack.Condition {
	out := make([]pack.Condition, len(of))
	for i, c := range of {
		out[i] = r.condition(c)
	}
	return out
}

func (r *rewriter) namedCondition(c *pack.NamedCondition) *pack.NamedCondition {
	n, ok := r.named[c]
	if !ok {
		n = &pack.NamedCondition{ID: c.ID}
		r.named[c] = n
		n.When = r.condition(c.When)
	}
	return n
}

func (r *rewriter) in(c *pack.In) pack.Condition {
	if c.Score != nil {
		return &pack.In{Score: r.scoreOf(c.Score), Ranges: c.Ranges}
	}
	slot, q := r.j.slot(r.side, r.pack, c.Slot)
	if r.pack.Slots[c.Slot].IsItem() {
		return &pack.In{Slot: slot, Ranges: c.Ranges}
	}
	return &pack.In{Slot: slot, Ranges: q.maps[r.side].ranges(q.Question, c.Ranges)}
}

// includes drops the options that only this side has: in the joint answers
// they are not selected.
func (r *rewriter) includes(c *pack.Includes) pack.Condition {
	slot, q := r.j.slot(r.side, r.pack, c.Slot)
	var mask, found pack.Value
	for j, o := range q.maps[r.side].options {
		if c.Mask>>o&1 == 1 {
			mask |= 1 << j
			found |= 1 << o
		}
	}
	if mask == 0 || c.All && found != c.Mask {
		return &pack.Any{}
	}
	return &pack.Includes{Slot: slot, Mask: mask, All: c.All}
}

func (r *rewriter) scoreOf(s *pack.Score) *pack.Score {
	out, ok := r.score[s]
	if !ok {
		out = &pack.Score{ID: s.ID, Min: s.Min, Max: s.Max}
		for _, t := range s.Terms {
			out.Terms = append(out.Terms, r.term(t))
		}
		r.score[s] = out
	}
	return out
}

func (r *rewriter) term(t pack.Term) pack.Term {
	slot, q := r.j.slot(r.side, r.pack, t.Slot)
	out := pack.Term{Slot: slot, Factor: t.Factor}
	m := &q.maps[r.side]
	switch {
	case r.pack.Slots[t.Slot].IsItem():
	case m.options != nil:
		for _, o := range m.options {
			out.Weights = append(out.Weights, t.Weights[o])
		}
	case t.Weights != nil:
		out.Weights = t.Weights
	default:
		out.Factor *= m.factor
	}
	return out
}
