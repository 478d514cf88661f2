package verify

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// fewAnswers is how many answers are shown with nothing left out.
const fewAnswers = 8

// answerLines are answers as they stand in a file, without the headings. Where
// there are many, those that are the mildest, or the first where none is
// milder, are left to the file.
func (r *Report) answerLines(a pack.Answers) []string {
	all := r.yaml(a)
	if len(all) <= fewAnswers {
		return all
	}
	standing, mild := append(pack.Answers(nil), a...), 0
	for slot, v := range a {
		if v.Known() && v == mildest(&r.Pack.Slots[slot]) {
			standing[slot] = pack.Missing
			mild++
		}
	}
	if mild == 0 {
		return all
	}
	if mild == len(all) {
		return []string{fmt.Sprintf("# %d answers, each the mildest or the first", mild)}
	}
	return append(r.yaml(standing), fmt.Sprintf("# and %d more answers, each the mildest or the first", mild))
}

// mildest is the best answer, or the first where no direction is given.
func mildest(s *pack.Slot) pack.Value {
	if s.Question.Worse == pack.WorseLower && s.Question.Kind != pack.Multi {
		return s.Max
	}
	return s.Min
}

// yaml are the lines of an answers file that hold answers.
func (r *Report) yaml(a pack.Answers) []string {
	var out []string
	for _, l := range strings.Split(string(r.Pack.EncodeAnswers(a)), "\n") {
		if l != "" && !strings.HasPrefix(l, "#") && l != "{}" {
			out = append(out, l)
		}
	}
	return out
}

// changes are the lines of answers that are others than before, and what is
// not answered any more.
func (r *Report) changes(before, after pack.Answers) []string {
	other := r.Pack.NewAnswers()
	var gone []string
	for slot, v := range after {
		switch {
		case v != before[slot] && v.Known():
			other[slot] = v
		case v != before[slot]:
			gone = append(gone, r.Pack.Slots[slot].ID)
		}
	}
	out := r.yaml(other)
	if len(gone) > 0 {
		out = append(out, "# without "+and(gone))
	}
	return out
}
