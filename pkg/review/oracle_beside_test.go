package review_test

import (
	"fmt"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// What the oracle says beside the verdict.

func (n *naive) here(s *summary) {
	for _, l := range n.p.Levels {
		if l.Here == nil {
			continue
		}
		switch is := n.holds(l.Here, n.last()); {
		case is == engine.True:
			s.Here = append(s.Here, l.ID)
			s.Otherwise = s.Otherwise || l != n.present
		case is == engine.False && l == n.present:
			s.Otherwise = true
		}
	}
}

func (n *naive) reckon(s *summary) {
	now, before := n.days[n.last()], n.days[n.last()-1]
	s.Stay = "unknown"
	began := now
	if n.stay >= 0 {
		began = n.days[n.stay]
		if at := n.all[n.stay].Sheet.Placement; at != nil {
			began, _ = review.Day(at.Date)
		}
		s.Stay = fmt.Sprint(now - began)
	}
	then := n.levelAfter(n.last() - 1)
	if then == nil {
		then = n.present
	}
	if latest := int(then.Care.ReviewDays.To); latest > 0 && now-before > latest && !then.Referral {
		s.Gap = fmt.Sprintf("%d of %s", now-before-latest, then.ID)
	}
	to := n.p.Level(s.To)
	stays := to == nil || to == n.present
	if to == nil {
		to = n.present
	}
	if days := to.Care.ReviewDays; days.To > 0 {
		s.Next = review.Date(now + int(days.To))
		if (s.Verdict == "hold" || s.Verdict == "undetermined" || len(s.Signs) > 0) && days.From < days.To {
			s.Next = review.Date(now+int(days.From)) + " early"
		}
	}
	for _, due := range n.present.Due {
		if n.stay < 0 {
			s.Due = append(s.Due, due.Text+" unknown")
		} else {
			s.Due = append(s.Due, naiveDue(due, began, before, now, !stays))
		}
	}
	if !stays {
		for _, due := range to.Due {
			s.Due = append(s.Due, naiveDue(due, now, now, now, false))
		}
	}
}

// naiveDue goes through the calendar.
func naiveDue(due pack.Due, began, before, now int, ends bool) string {
	next := began + due.First
	if due.First == 0 {
		next = began + due.Every
	}
	came := ""
	for ; next < now; next += due.Every {
		if next > before {
			came += " " + review.Date(next)
		}
	}
	if ends {
		return due.Text + came + " ends"
	}
	return due.Text + came + " next " + review.Date(next)
}

func (n *naive) compare(s *summary) {
	now, before := n.last(), n.last()-1
	for slot := range n.p.Slots {
		v, was := n.value(slot, before)
		w, is := n.value(slot, now)
		if was != is || was && v != w {
			s.Changed = append(s.Changed, n.p.Slots[slot].ID+" "+n.way(slot, v, was, w, is))
		}
	}
	for i := range n.p.Levels {
		for _, c := range n.p.Levels[len(n.p.Levels)-1-i].Indications {
			switch was, is := n.holds(c.When, before), n.holds(c.When, now); {
			case was != engine.True && is == engine.True:
				s.Came = append(s.Came, c.ID)
			case was == engine.True && is == engine.False:
				s.Went = append(s.Went, c.ID)
			case was == engine.True && is == engine.Unknown:
				s.Open = append(s.Open, c.ID)
			}
		}
	}
	for _, q := range n.p.Questions {
		if q.Kind == pack.Instrument {
			if m := n.measure(q); m != "" {
				s.Measures = append(s.Measures, m)
			}
		}
	}
}

func (n *naive) way(slot int, v pack.Value, was bool, w pack.Value, is bool) string {
	q := n.p.Slots[slot].Question
	worse, better := w > v, w < v
	if q.Kind == pack.Multi {
		worse, better = v&w == v, v&w == w
	}
	if q.Worse == pack.WorseLower && q.Kind != pack.Scale {
		worse, better = better, worse
	}
	switch {
	case !was:
		return "new"
	case !is:
		return "gone"
	case q.Kind == pack.Choice || q.Kind != pack.Scale && q.Worse == pack.WorseNeither:
		return "other"
	case worse:
		return "worse"
	case better:
		return "better"
	}
	return "other"
}

func (n *naive) measure(q *pack.Question) string {
	var points []int
	var totals []pack.Value
	for i := range n.all {
		if total, known := n.value(q.Slot, i); known {
			points, totals = append(points, i), append(totals, total)
		}
	}
	if len(points) == 0 {
		return ""
	}
	text := fmt.Sprint(q.ID, points, totals)
	k := len(points) - 1
	if points[k] != n.last() {
		return text
	}
	now := totals[k]
	for i, then := range totals[:k] {
		if i == 0 || i == k-1 {
			if by := now - then; q.ReliableChange > 0 && (by >= pack.Value(q.ReliableChange) || -by >= pack.Value(q.ReliableChange)) {
				text += fmt.Sprint(" reliable ", by)
			} else {
				text += fmt.Sprint(" ", by)
			}
		}
	}
	if q.Worse != pack.WorseHigher {
		return text
	}
	if k > 0 && totals[0] > 0 && float64(now) <= float64(totals[0])/2 {
		text += " response"
	}
	if now < pack.Value(q.Remission) {
		text += " remission"
	}
	stone := ""
	for _, m := range q.Milestones {
		if n.days[n.last()]-n.days[0] >= 7*m.Weeks {
			stone = fmt.Sprint(" week ", m.Weeks, " behind ", now >= m.Below)
		}
	}
	return text + stone
}
