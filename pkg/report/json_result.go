package report

import (
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// resulter fills in a result.
type resulter struct {
	r   *engine.Recommendation
	p   *pack.Pack
	why reasons
}

func newResult(in Input) result {
	r := in.Recommendation
	b := resulter{r, r.Pack, reasonsOf(in.Explanation)}
	out := result{
		Schema: Schema, ID: in.ID, Date: in.Date,
		Pack: newPackResult(r.Pack), Placement: newPlacementResult(in),

		Status: "undetermined", Possible: levelIDs(r.Possible), Exact: !r.Bounds,
		Indications: b.findings(r.Indications), OneOf: b.waiting(r.OneOf), Open: b.waiting(r.Open),
		Requirements: b.requirements(), Supports: b.findings(r.Supports), StepDown: b.stepDown(),
		WhyNot: b.findings(b.why.whyNot), Sufficient: b.object(b.why.sufficient), Smallest: b.why.smallest,
		Flips: b.flips(b.why.flips), Nearest: b.flips(b.why.nearest),
		Deciding: []string{}, OpenQuestions: b.openQuestions(),
		Answers: b.answers(), Instruments: b.instruments(), Warnings: b.warnings(), Services: b.services(), Plan: b.plan(newPlan(in)),
		Limits: statementResults(r.Pack.Limits), Sources: sourceResults(r.Pack.Sources),
	}
	for _, q := range r.Deciding {
		out.Deciding = append(out.Deciding, q.ID)
	}
	if r.Next != nil {
		out.Next = &r.Next.ID
	}
	if l := r.Level; l != nil {
		out.Status, out.Level = "determined", &l.ID
		out.Emergency, out.Referral, out.Action = l.Emergency, l.Referral, l.Action
		out.Review = reviewOf(l, in.Date).result()
	}
	return out
}

func levelIDs(levels []*pack.Level) []string {
	out := []string{}
	for _, l := range levels {
		out = append(out, l.ID)
	}
	return out
}

// object are the answers in the slots, by the ids of questions and items.
func (b resulter) object(slots []int) object {
	out := object{}
	for _, s := range slots {
		if q := b.p.Slots[s].Question; partly(q, b.r.Answers, s) {
			out = append(out, b.knownItems(q)...)
			continue
		}
		out = append(out, member{b.p.Slots[s].ID, b.p.AnswerJSON(s, answerOf(b.p, b.r.Answers, s))})
	}
	return out
}

// knownItems stand for a total that is not known, and bound it.
func (b resulter) knownItems(q *pack.Question) object {
	var out object
	for _, it := range q.Items {
		if v := b.r.Answers[it.Slot]; v.Known() {
			out = append(out, member{it.ID, b.p.AnswerJSON(it.Slot, v)})
		}
	}
	return out
}

// answers are the answers as given: those not assessed are null and those
// missing are left out, so that the object can be read back as answers.
func (b resulter) answers() object {
	out := object{}
	for s, v := range b.r.Answers {
		if v != pack.Missing {
			out = append(out, member{b.p.Slots[s].ID, b.p.AnswerJSON(s, v)})
		}
	}
	return out
}

func (b resulter) findings(all []engine.Finding) []findingResult {
	out := []findingResult{}
	for _, f := range all {
		c := f.Criterion
		out = append(out, findingResult{c.ID, c.Level.ID, c.Because, b.object(f.Slots), sourceIDs(c.Sources)})
	}
	return out
}

func (b resulter) waiting(all []engine.Finding) []openResult {
	out := []openResult{}
	for _, f := range all {
		c := f.Criterion
		out = append(out, openResult{c.ID, c.Level.ID, c.Because, b.slotIDs(f.Slots), sourceIDs(c.Sources)})
	}
	return out
}

func (b resulter) slotIDs(slots []int) []string {
	out := []string{}
	for _, s := range slots {
		out = append(out, b.p.Slots[s].ID)
	}
	return out
}

func (b resulter) requirements() []requirement {
	out := []requirement{}
	for _, f := range b.r.Requirements {
		c := f.Criterion
		q := requirement{Criterion: c.ID, Level: c.Level.ID, State: stateWord(f.State), Because: requirementText(b.p, c),
			Otherwise: c.Otherwise, Answers: object{}, Missing: []string{}, Sources: sourceIDs(c.Sources)}
		if f.State == engine.Unknown {
			q.Missing = b.slotIDs(f.Slots)
		} else {
			q.Answers = b.object(f.Slots)
		}
		out = append(out, q)
	}
	return out
}

func (b resulter) stepDown() []stepDownResult {
	out := []stepDownResult{}
	for _, f := range b.r.StepDown {
		c := f.Criterion
		out = append(out, stepDownResult{c.ID, c.Level.ID, stateWord(f.State), c.Because, sourceIDs(c.Sources)})
	}
	return out
}

func (b resulter) flips(all []flip) []flipResult {
	out := []flipResult{}
	for _, f := range all {
		out = append(out, flipResult{f.level.ID, b.changes(f.changes)})
	}
	return out
}

func (b resulter) changes(all []change) []changeResult {
	out := []changeResult{}
	for _, c := range all {
		out = append(out, changeResult{b.p.Slots[c.slot].ID, b.p.AnswerJSON(c.slot, c.from), b.p.AnswerJSON(c.slot, c.to)})
	}
	return out
}

// openQuestions are all questions without an answer, deciding or not.
func (b resulter) openQuestions() []string {
	out := []string{}
	for _, q := range b.p.Questions {
		if !answered(q, b.r.Answers) {
			out = append(out, q.ID)
		}
	}
	return out
}

// instruments are those of which anything is known.
func (b resulter) instruments() []instrument {
	out := []instrument{}
	for _, q := range b.p.Questions {
		if q.Kind != pack.Instrument || !anyKnown(q, b.r.Answers) {
			continue
		}
		lo, hi := q.TotalBounds(b.r.Answers)
		i := instrument{Question: q.ID, Min: int64(lo), Max: int64(hi)}
		if total, filled, known := q.Total(b.r.Answers); known {
			points := int64(total)
			i.Total, i.Filled, i.Band = &points, filled, bandID(q.Bands, total)
		}
		out = append(out, i)
	}
	return out
}

func anyKnown(q *pack.Question, a pack.Answers) bool {
	if a[q.Slot].Known() {
		return true
	}
	for _, it := range q.Items {
		if a[it.Slot].Known() {
			return true
		}
	}
	return false
}

func bandID(bands []pack.Band, v pack.Value) *string {
	for i := range bands {
		if bands[i].From <= v && v <= bands[i].To {
			return &bands[i].ID
		}
	}
	return nil
}

func (b resulter) warnings() []warning {
	out := []warning{}
	for _, m := range b.r.Notes {
		n := m.Note
		out = append(out, warning{n.ID, n.Kind.String(), n.Because, b.object(m.Slots), statementResults(n.Try), sourceIDs(n.Sources)})
	}
	return out
}

func (b resulter) services() []serviceResult {
	out := []serviceResult{}
	for _, o := range b.r.Services {
		s := o.Service
		q := serviceResult{s.ID, o.Level.ID, s.Title, o.Suggested, s.Because, evidence(s), b.object(o.Slots), sourceIDs(s.Sources)}
		out = append(out, q)
	}
	return out
}

func sourceResults(all []*pack.Source) []sourceResult {
	out := []sourceResult{}
	for _, s := range all {
		out = append(out, sourceResult{s.ID, s.Title, s.URL, s.Date})
	}
	return out
}
