package report

import (
	"github.com/carelevel/carelevel/pkg/engine"
)

// planResult is what happens next at a level, for programs. It is null while
// the level is undetermined, in an emergency, and where people chose a level
// that the pack does not have.
type planResult struct {
	Level      string            `json:"level"`      // the level that people chose, or else the recommended one
	Objectives []objectiveResult `json:"objectives"` // those for everybody, those that the answers call for, and those that wait for an answer
	Agree      []statementResult `json:"agree"`      // what to settle together with the person
	Team       []statementResult `json:"team"`       // who provides the level
	Services   []string          `json:"services"`   // ids: those that the answers call for, then those for everybody
	Barriers   []string          `json:"barriers"`   // ids; they are among the warnings
	Review     *reviewResult     `json:"review"`     // null where the date of the assessment or the level's review is not known
	Due        []dueResult       `json:"due"`        // what is to be written or signed at intervals
	StepUp     []signResult      `json:"step_up"`    // signs of more care; changes of answers that lead to more are among the flips
	StepDown   []readyResult     `json:"step_down"`  // readiness for less
}

// objectiveResult has one of the states "unmeasured" (it has no targets),
// "reached" (all are), "open" (one is not), "unknown" (none is open, and an
// answer is missing) and "waiting" (for an answer that says whether it is for
// this person).
type objectiveResult struct {
	Text    string         `json:"text"`
	State   string         `json:"state"`
	Targets []targetResult `json:"targets"`
	Answers object         `json:"answers"` // that it is for
	Missing []string       `json:"missing"` // that it waits for
	Sources []string       `json:"sources"`
}

// targetResult has one of the states "reached", "open" and "unknown".
type targetResult struct {
	Question string `json:"question"` // or the item of an instrument
	Test     string `json:"test"`     // in words
	Now      any    `json:"now"`      // null where there is no answer, or no total
	State    string `json:"state"`
}

type dueResult struct {
	Text    string   `json:"text"`
	Date    *string  `json:"date"` // the first time; null where the day that the level begins is not known
	First   int      `json:"first_days"`
	Every   int      `json:"every_days"`
	Sources []string `json:"sources"`
}

// signResult has one of the states "seen", "not_seen" and "unknown". What
// asks for earlier assessments is unknown from one, unless the answers speak
// against it.
type signResult struct {
	Sign    string   `json:"sign"`
	State   string   `json:"state"`
	Because string   `json:"because"`
	Answers object   `json:"answers"`
	Missing []string `json:"missing"`
	Sources []string `json:"sources"`
}

// readyResult is as in the recommendation's step_down; over_time says that
// earlier assessments can speak against it.
type readyResult struct {
	Criterion string   `json:"criterion"`
	State     string   `json:"state"`
	OverTime  bool     `json:"over_time"`
	Because   string   `json:"because"`
	Missing   []string `json:"missing"`
	Sources   []string `json:"sources"`
}

func (b resulter) plan(p *plan) *planResult {
	if p == nil {
		return nil
	}
	l := p.level
	out := &planResult{Level: l.ID, Objectives: []objectiveResult{}, Agree: statementResults(l.Agree), Team: statementResults(l.Team),
		Services: []string{}, Barriers: []string{}, Review: p.review.result(), Due: []dueResult{}, StepUp: []signResult{}, StepDown: []readyResult{}}
	for _, all := range [][]objective{p.objectives, p.waiting} {
		for i := range all {
			out.Objectives = append(out.Objectives, b.objective(&all[i]))
		}
	}
	for _, all := range [][]service{p.fit, p.base} {
		for _, s := range all {
			out.Services = append(out.Services, s.of.ID)
		}
	}
	for _, m := range p.barriers {
		out.Barriers = append(out.Barriers, m.Note.ID)
	}
	for _, d := range p.due.all {
		q := dueResult{d.of.Text, nil, d.first(), d.of.Every, sourceIDs(d.of.Sources)}
		if d.date != "" {
			q.Date = &d.date
		}
		out.Due = append(out.Due, q)
	}
	for _, s := range p.signs {
		out.StepUp = append(out.StepUp, b.sign(s))
	}
	for _, f := range p.ready {
		out.StepDown = append(out.StepDown, b.readiness(f))
	}
	return out
}

func (b resulter) objective(o *objective) objectiveResult {
	out := objectiveResult{Text: o.of.Text, State: o.state().String(), Targets: []targetResult{},
		Answers: object{}, Missing: []string{}, Sources: sourceIDs(o.of.Sources)}
	if o.whom.State == engine.Unknown {
		out.Missing = b.slotIDs(o.whom.Slots)
	} else {
		out.Answers = b.object(o.whom.Slots)
	}
	for _, t := range o.targets {
		state := [...]string{engine.False: "open", engine.Unknown: "unknown", engine.True: "reached"}[t.state]
		now := b.p.AnswerJSON(t.slot, answerOf(b.p, b.r.Answers, t.slot))
		out.Targets = append(out.Targets, targetResult{b.p.Slots[t.slot].ID, b.p.DescribeTarget(t.of), now, state})
	}
	return out
}

func (b resulter) sign(s signal) signResult {
	out := signResult{Sign: s.of.ID, Because: s.of.Because, Answers: object{}, Missing: []string{}, Sources: sourceIDs(s.of.Sources),
		State: [...]string{engine.False: "not_seen", engine.Unknown: "unknown", engine.True: "seen"}[s.State]}
	if s.State == engine.Unknown {
		out.Missing = b.slotIDs(s.Slots)
	} else {
		out.Answers = b.object(s.Slots)
	}
	return out
}

func (b resulter) readiness(f engine.Finding) readyResult {
	c := f.Criterion
	out := readyResult{c.ID, stateWord(f.State), c.Course != nil, c.Because, []string{}, sourceIDs(c.Sources)}
	if f.State == engine.Unknown {
		out.Missing = b.slotIDs(f.Slots)
	}
	return out
}

// reviewResult is when to look again; from is null where only the latest day
// is stated.
type reviewResult struct {
	From *string `json:"from"`
	By   string  `json:"by"`
}

// result is a review for programs; nil without dates.
func (r reviewDates) result() *reviewResult {
	if r.by == "" {
		return nil
	}
	out := &reviewResult{By: r.by}
	if r.from != "" {
		out.From = &r.from
	}
	return out
}
