package verify

import (
	"fmt"
	"strings"
)

// Line is what became of one kind of statements, in words.
type Line struct{ Name, Text string }

// Summary returns a line for each kind of statements of which there is
// something to say, in the order of the kinds.
func (r *Report) Summary() []Line {
	var lines []Line
	for k := range Kind(kinds) {
		if s := r.summaryOf(k); s != "" {
			lines = append(lines, Line{kindWords[k], s})
		}
	}
	return lines
}

// summary writes a line for each kind of statement.
func (t *text) summary() {
	for _, l := range t.r.Summary() {
		t.prose(fmt.Sprintf("  %-17s  ", l.Name), strings.Repeat(" ", 21), l.Text)
	}
	for _, p := range t.r.Proofs {
		if p.Kind == Contradictions && p.Count != nil && t.r.Size != nil {
			t.line("%23s%s: %s", "", p.About.Note.ID, FormatShare(p.Count, t.r.Size))
		}
	}
}

var kindWords = [kinds]string{"levels", "rules", "indications", "answers", "requirements", "worse is not less", "missing is safe",
	"guarantees", "step down", "contradictions"}

// tally counts what became of some statements.
type tally struct{ all, refuted, remarks, undecided int }

func (c *tally) add(s Status) {
	c.all++
	switch s {
	case Refuted:
		c.refuted++
	case Remark:
		c.remarks++
	case Undecided:
		c.undecided++
	}
}

// holds is how many are so, remarks included.
func (c *tally) holds() int { return c.all - c.refuted - c.undecided }

// summaryOf is the line for one kind; empty if there is nothing of it.
func (r *Report) summaryOf(k Kind) string {
	var c tally
	other := map[Code]int{}
	lines := 0
	for i := range r.Proofs {
		p := &r.Proofs[i]
		if p.Kind != k {
			continue
		}
		if other[p.Code]++; p.Code == AnswersAlike {
			continue // no statement of its own
		}
		c.add(p.Status)
		if strings.HasPrefix(p.ID, "line-") {
			lines++
		}
	}
	if c.all == 0 {
		return map[Kind]string{MissingIsSafe: "nothing is filled in: a missing answer leaves open all that it could lead to"}[k]
	}
	s := fmt.Sprintf(kindSentences[k], c.holds(), c.all)
	switch k {
	case Requirements:
		s = r.requirementsSummary()
	case StepDown:
		s = r.stepDownSummary()
	case Effects:
		s = fmt.Sprintf(kindSentences[k], c.holds(), c.all, plural(c.all-lines, "question"), plural(lines, "line"))
	case Contradictions:
		if r.Contradictory != nil && r.Size != nil {
			s += fmt.Sprintf("; together %s of all ways to answer", FormatShare(r.Contradictory, r.Size))
		}
	}
	return s + notes(c, other)
}

var kindSentences = [kinds]string{
	Levels:         "%d of %d are recommended to somebody",
	Criteria:       "%d of %d criteria, services, notes and guarantees apply to somebody",
	Indications:    "%d of %d decide the level for somebody",
	Effects:        "%d of %d matter (%s, and %s that conditions draw)",
	Monotone:       "%d of %d questions: a worse answer never leads to less",
	MissingIsSafe:  "%d of %d instruments: items left out never lead to less",
	Guarantees:     "%d of %d hold for all answers",
	Contradictions: "%d of %d can occur",
}

// notes says what is not plainly proved.
func notes(c tally, codes map[Code]int) string {
	var of []string
	if c.refuted > 0 {
		of = append(of, fmt.Sprintf("%d refuted", c.refuted))
	}
	if c.undecided > 0 {
		of = append(of, fmt.Sprintf("%d not decided", c.undecided))
	}
	if n := c.remarks + codes[AnswersAlike]; n > 0 {
		of = append(of, plural(n, "remark"))
	}
	if of == nil {
		return ""
	}
	return "; " + strings.Join(of, ", ")
}

func (r *Report) requirementsSummary() string {
	met, fails := r.tallyOf("met-"), r.tallyOf("fails-")
	never := 0
	for _, p := range r.Proofs {
		if p.Code == RequirementAlways {
			never++
		}
	}
	return fmt.Sprintf("%d of %d are met by somebody at their level, and %d of %d fail for somebody", met.holds(), met.all, fails.holds()-never, fails.all)
}

func (r *Report) stepDownSummary() string {
	leave, ready := r.tallyOf("leave-"), r.tallyOf("ready-")
	indicated := 0
	for _, p := range r.Proofs {
		if p.Code == StepDownIndicated {
			indicated++
		}
	}
	s := fmt.Sprintf("%d of %d levels can be left", leave.holds(), leave.all)
	if ready.all > 0 {
		s += fmt.Sprintf("; %d of %d are never ready to be left while indicated", ready.holds()-indicated, ready.all)
	}
	return s
}

func (r *Report) tallyOf(prefix string) tally {
	var c tally
	for _, p := range r.Proofs {
		if strings.HasPrefix(p.ID, prefix) {
			c.add(p.Status)
		}
	}
	return c
}
