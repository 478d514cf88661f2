package review_test

import (
	"fmt"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// summary is what the two are compared by.
type summary struct {
	Present, Verdict, To string
	Outcomes             []string
	Not, Unknown         []string
	Signs                []string
	Here                 []string
	Otherwise            bool
	Stay                 string
	Gap, Next            string
	Due                  []string
	Changed              []string
	Came, Went, Open     []string
	Measures             []string
}

// summarise brings a review into the same form.
func summarise(r *review.Review) summary {
	s := summary{Present: r.Present.Level.ID, Verdict: r.Verdict.String(), To: "nowhere", Otherwise: r.Here.Otherwise, Stay: "unknown"}
	if r.To != nil {
		s.To = r.To.ID
	}
	for _, o := range r.Outcomes {
		s.Outcomes = append(s.Outcomes, o.String())
	}
	not, unknown := r.Outstanding()
	for _, f := range not {
		s.Not = append(s.Not, f.Criterion.ID)
	}
	for _, f := range unknown {
		s.Unknown = append(s.Unknown, f.Criterion.ID)
	}
	for _, f := range r.Seen() {
		s.Signs = append(s.Signs, f.Sign.ID)
	}
	for _, l := range r.Here.Levels {
		s.Here = append(s.Here, l.ID)
	}
	if r.Stay.Known {
		s.Stay = fmt.Sprint(r.Stay.Days)
	}
	if r.Gap != nil {
		s.Gap = fmt.Sprintf("%d of %s", r.Gap.Over, r.Gap.Level.ID)
	}
	if r.Next != nil {
		s.Next = review.Date(r.Next.Day)
		if r.Next.Early {
			s.Next += " early"
		}
	}
	for _, d := range r.Due {
		s.Due = append(s.Due, dueText(d))
	}
	for _, c := range r.Changed {
		s.Changed = append(s.Changed, r.Course.Reviewer.Engine().Pack().Slots[c.Slot].ID+" "+c.Way.String())
	}
	s.Came, s.Went, s.Open = ids(r.Came), ids(r.Went), ids(r.Open)
	for _, m := range r.Measures {
		s.Measures = append(s.Measures, measureText(m))
	}
	return s
}

// dueText spells out the days that came, which a DueDate only counts.
func dueText(d review.DueDate) string {
	if !d.Known {
		return d.Due.Text + " unknown"
	}
	text := d.Due.Text
	for k := d.Came - 1; k >= 0; k-- {
		text += " " + review.Date(d.Last-k*d.Due.Every)
	}
	if d.Ends {
		return text + " ends"
	}
	return text + " next " + review.Date(d.Next)
}

func measureText(m review.Measure) string {
	var points []int
	var totals []pack.Value
	for _, p := range m.Points {
		points, totals = append(points, p.Assessment.Index), append(totals, p.Total)
	}
	text := fmt.Sprint(m.Question.ID, points, totals)
	shifts := []*review.Shift{m.SinceFirst, m.SinceLast}
	if len(points) < 3 {
		shifts = shifts[:1] // they are the same
	}
	for _, s := range shifts {
		switch {
		case s == nil:
		case s.Reliable:
			text += fmt.Sprint(" reliable ", s.By)
		default:
			text += fmt.Sprint(" ", s.By)
		}
	}
	if m.Response {
		text += " response"
	}
	if m.Remission {
		text += " remission"
	}
	if m.Milestone != nil {
		text += fmt.Sprint(" week ", m.Milestone.Weeks, " behind ", m.Behind)
	}
	return text
}

func ids(criteria []*pack.Criterion) []string {
	var out []string
	for _, c := range criteria {
		out = append(out, c.ID)
	}
	return out
}
