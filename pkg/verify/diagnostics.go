package verify

import (
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

// Diagnostics returns what was found as diagnostics, in the order of the
// proofs: what is refuted or undecided as errors, and remarks as warnings. The
// answers of witnesses stand in the messages.
func (r *Report) Diagnostics() []diag.Diagnostic {
	var out []diag.Diagnostic
	for i := range r.Proofs {
		p := &r.Proofs[i]
		if p.Status == Proved {
			continue
		}
		d := diag.Diagnostic{Code: string(p.Code), At: p.At, Message: strings.TrimSuffix(r.Message(p), "."), Related: r.related(p)}
		if p.Status == Remark {
			d.Severity = diag.Warning
		}
		for i := range p.Witness {
			d.Message += ". " + r.witnessSentence(p, i)
		}
		out = append(out, d)
	}
	return out
}

// related are the places of what covers or contradicts a proof.
func (r *Report) related(p *Proof) []diag.Related {
	var out []diag.Related
	for _, c := range p.By {
		out = append(out, diag.Related{At: c.At, Message: "see " + c.ID})
	}
	for _, n := range p.Only {
		out = append(out, diag.Related{At: n.At, Message: "see " + n.ID})
	}
	return out
}

// witnessSentence is a witness in one line: "Leads to iop: coping: swings,
// severity: mild".
func (r *Report) witnessSentence(p *Proof, i int) string {
	w := &p.Witness[i]
	lines := r.answerLines(w.Answers)
	if i > 0 {
		lines = r.changes(p.Witness[0].Answers, w.Answers)
	}
	for k, l := range lines {
		if text, ok := strings.CutPrefix(l, "# "); ok {
			lines[k] = text
		} else {
			lines[k], _, _ = strings.Cut(l, "  # ")
		}
	}
	return upper(levelWords(w.Levels)) + ": " + strings.Join(lines, ", ")
}

// Codes says what each code means, in a sentence.
func Codes() map[string]string {
	return map[string]string{
		string(LevelUnreachable):    "No answers lead to the level.",
		string(CriterionDead):       "A criterion, note, service or guarantee that applies to nobody.",
		string(IndicationRedundant): "An indication without which the level would be the same for everybody.",
		string(QuestionNoEffect):    "A question on which nothing depends that the pack says.",
		string(AnswerNoEffect):      "A line that a condition draws between answers, and on which nothing depends.",
		string(RequirementNever):    "A requirement that nobody meets who is recommended its level.",
		string(NotMonotone):         "A worse answer that leads to a less intensive level.",
		string(MissingUnsafe):       "Items left out that lead to a less intensive level.",
		string(GuaranteeBroken):     "A guarantee of the pack that does not hold for all answers.",
		string(StepDownImpossible):  "A level that nobody can be ready to leave.",
		string(NotDecided):          "A statement that there are too many combinations of answers to decide.",
		string(RequirementAlways):   "A requirement that nobody fails who is recommended its level.",
		string(AnswersAlike):        "Answers that no condition tells apart.",
		string(StepDownIndicated):   "Readiness to leave a level together with an indication of it.",
		string(OnlyContradictory):   "Something that is so only in answers that the pack calls contradictory.",
	}
}
