package report

import (
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/review"
)

// reviewResulter fills in a reviewedResult.
type reviewResulter struct {
	resulter
	v *review.Review
}

func newReviewedResult(in ReviewInput) reviewedResult {
	v := in.Review
	b := reviewResulter{resulter{r: in.Recommendation, p: in.Recommendation.Pack}, v}
	out := reviewedResult{
		Schema: ReviewSchema, Verdict: v.Verdict.String(), Outcomes: []string{}, Present: b.present(), To: levelOrNull(v.To),
		Possible: levelIDs(v.Possible), Exact: !v.Bounds, Readiness: b.readiness(), Outstanding: b.outstanding(), Signs: b.signs(),
		Changed: b.changed(), Came: criterionIDs(v.Came), Went: criterionIDs(v.Went), Open: criterionIDs(v.Open), Measures: measureResults(v.Measures),
		Due: b.due(), Here: levelIDs(v.Here.Levels), Warnings: b.courseWarnings(in), Recommendation: newResult(in.Input), Previous: b.previous(),
	}
	for _, o := range v.Outcomes {
		out.Outcomes = append(out.Outcomes, o.String())
	}
	if u := v.Stay.Usual; !u.IsZero() {
		out.Stay = &stayResult{u.From, u.To}
	}
	if n := v.Next; n != nil {
		out.NextReview = &nextResult{review.Date(n.Day), n.Days, n.Level.ID, n.Early}
	}
	if g := v.Gap; g != nil {
		out.Gap = &gapResult{g.Days, g.Latest, g.Over, g.Level.ID}
	}
	return out
}

func (b reviewResulter) present() presentResult {
	out := presentResult{Level: b.v.Present.Level.ID, Basis: b.v.Present.Origin.String(), Otherwise: levelOrNull(b.v.Present.Otherwise)}
	if s := b.v.Stay; s.Known {
		since := review.Date(s.Began)
		out.Since, out.Days = &since, &s.Days
	}
	return out
}

func (b reviewResulter) readiness() []readinessResult {
	out := []readinessResult{}
	for _, f := range b.v.Readiness {
		state := "not_ready"
		switch {
		case f.Ready():
			state = "ready"
		case f.Unknown():
			state = "unknown"
		}
		answers, missing := b.behind(f.State, f.Slots)
		out = append(out, readinessResult{f.Criterion.ID, state, stateWord(f.State), stateWord(f.Course), f.Criterion.Because, answers, missing, sourceIDs(f.Criterion.Sources)})
	}
	return out
}

// behind are the answers behind a state, or those that are missing for one.
func (b reviewResulter) behind(state engine.Truth, slots []int) (answers object, missing []string) {
	if state == engine.Unknown {
		return object{}, b.slotIDs(slots)
	}
	return b.object(slots), []string{}
}

func (b reviewResulter) outstanding() []string {
	out := []string{}
	for _, f := range b.v.Readiness {
		if !f.Ready() {
			out = append(out, f.Criterion.ID)
		}
	}
	return out
}

func (b reviewResulter) signs() []signSeenResult {
	out := []signSeenResult{}
	for _, s := range b.v.Signs {
		answers, missing := b.behind(s.When, s.Slots)
		state := [...]string{engine.False: "not_seen", engine.Unknown: "unknown", engine.True: "seen"}[s.State]
		out = append(out, signSeenResult{s.Sign.ID, state, stateWord(s.When), stateWord(s.Course), s.Sign.Because, answers, missing, sourceIDs(s.Sign.Sources)})
	}
	return out
}

func (b reviewResulter) changed() []changedResult {
	out := []changedResult{}
	for _, c := range b.v.Changed {
		out = append(out, changedResult{b.p.Slots[c.Slot].ID, b.p.AnswerJSON(c.Slot, c.From), b.p.AnswerJSON(c.Slot, c.To), c.Way.String()})
	}
	return out
}

func measureResults(all []review.Measure) []measureResult {
	out := []measureResult{}
	for _, m := range all {
		r := measureResult{Question: m.Question.ID, Response: m.Response, Remission: m.Remission, Behind: m.Behind, Weeks: m.Weeks,
			SinceFirst: shiftOf(m.SinceFirst), SinceLast: shiftOf(m.SinceLast)}
		for _, pt := range m.Points {
			q := pointResult{Date: review.Date(pt.Assessment.Day), Total: int64(pt.Total), Filled: pt.Filled}
			if pt.Band != nil {
				q.Band = &pt.Band.ID
			}
			r.Points = append(r.Points, q)
		}
		if m.Now != nil {
			total := int64(m.Now.Total)
			r.Now = &total
		}
		if m.Milestone != nil {
			r.Milestone = &milestoneResult{m.Milestone.Weeks, int64(m.Milestone.Below)}
		}
		out = append(out, r)
	}
	return out
}

func shiftOf(s *review.Shift) *shiftResult {
	if s == nil {
		return nil
	}
	return &shiftResult{review.Date(s.From.Assessment.Day), int64(s.From.Total), int64(s.By), s.Way.String(), s.Reliable}
}

func (b reviewResulter) due() []dueDateResult {
	out := []dueDateResult{}
	for _, d := range b.v.Due {
		r := dueDateResult{Text: d.Due.Text, Level: d.Level.ID, Came: d.Came, Sources: sourceIDs(d.Due.Sources)}
		if d.Known {
			r.Began = dayOf(d.Began)
			if d.Came > 0 {
				r.Last = dayOf(d.Last)
			}
			if !d.Ends {
				r.Next = dayOf(d.Next)
			}
		}
		out = append(out, r)
	}
	return out
}

func dayOf(day int) *string {
	date := review.Date(day)
	return &date
}

// courseWarnings are what does not go together in what is known of the
// person's care.
func (b reviewResulter) courseWarnings(in ReviewInput) []courseWarning {
	out := []courseWarning{}
	rv := reviewer{newBuilder(in.Input), b.v, b.v.Present.Level}
	if words := rv.hereWords(); words != "" {
		out = append(out, courseWarning{"here", words, nil})
	}
	if words := rv.givenWords(); words != "" {
		out = append(out, courseWarning{"given", words, nil})
	}
	for _, w := range b.v.Course.Warnings {
		warning := courseWarning{Kind: "record", Text: w.Message}
		if name := fileName(w.Name); name != "" {
			warning.Assessment = &name
		}
		out = append(out, warning)
	}
	return out
}

func (b reviewResulter) previous() []previousResult {
	out := []previousResult{}
	for _, a := range b.v.Course.Assessments {
		if a == b.v.Now {
			break
		}
		out = append(out, previousResult{fileName(a.Name), a.Sheet.ID, review.Date(a.Day), levelOrNull(a.Level), a.Origin.String(), a.Sheet.Placement != nil})
	}
	return out
}
