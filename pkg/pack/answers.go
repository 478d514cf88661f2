package pack

import "math"

// Value is one answer in the form that the engine reads: 0 or 1 for no and
// yes; the position of the option of a scale or a choice; a bit per selected
// option of a multiple choice (0: none of them); a number in units of
// 10^-Decimals; an instrument's total, or an item's grade.
type Value int64

// Missing and NotAssessed both mean that there is no answer. The engine treats
// them alike; NotAssessed remembers that the question was put and left open,
// so that the interview does not put it again.
const (
	Missing     Value = math.MinInt64
	NotAssessed Value = math.MinInt64 + 1
)

// Known reports whether v is an answer.
func (v Value) Known() bool { return v > NotAssessed }

// Answers holds one value per slot of the pack that it belongs to.
type Answers []Value

// NewAnswers returns answers to p in which everything is missing.
func (p *Pack) NewAnswers() Answers {
	a := make(Answers, len(p.Slots))
	for i := range a {
		a[i] = Missing
	}
	return a
}

// Total returns an instrument's total: as given, or summed from its items, or
// filled in for missing items as its Fill allows, rounded half up to a whole
// point. filled counts the items that were filled in. Where there is no total,
// known is false, and lo and hi still bound what it can become.
//
// Where items and a total are both given they have been found to agree when
// the answers were read.
func (q *Question) Total(a Answers) (total Value, filled int, known bool) {
	if v := a[q.Slot]; v.Known() {
		return v, 0, true
	}
	sum, missing := q.itemSum(a)
	switch {
	case len(q.Items) == 0 || missing == len(q.Items) || !q.mayFill(a, missing):
		return Missing, 0, false
	case missing == 0:
		return sum, 0, true
	}
	n, answered := Value(len(q.Items)), Value(len(q.Items)-missing)
	return (2*sum*n + answered) / (2 * answered), missing, true
}

// TotalBounds returns the least and the greatest total that answers to the
// missing items could still give. Both are the total itself where it is known.
func (q *Question) TotalBounds(a Answers) (lo, hi Value) {
	if v, _, known := q.Total(a); known {
		return v, v
	}
	if len(q.Items) == 0 {
		return q.Min, q.Max
	}
	sum, missing := q.itemSum(a)
	return sum, sum + Value(missing*(len(q.Grades)-1))
}

func (q *Question) itemSum(a Answers) (sum Value, missing int) {
	for _, it := range q.Items {
		if v := a[it.Slot]; v.Known() {
			sum += v
		} else {
			missing++
		}
	}
	return sum, missing
}

func (q *Question) mayFill(a Answers, missing int) bool {
	if missing > q.Fill.AtMost {
		return missing == 0
	}
	for _, i := range q.Fill.Never {
		if !a[q.Items[i].Slot].Known() {
			return false
		}
	}
	return true
}
