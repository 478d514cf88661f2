package review_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// clinic is a small pack in the manner of the shipped one, in which more severe
// answers never give less.
const clinic = `
pack:
  id: clinic
  version: 1.2.0
  title: A clinic
  description: Three levels.
  population: Adults
  intended_use: An example
  limits: [Not for use with people.]
  levels: [weekly, iop, ward]
  sections: [state]
sections:
  state:
    title: State
    questions:
      functioning: {kind: scale, ask: "How is daily life?", options: {kept: Kept up, impaired: Impaired, lost: Lost}}
      danger: {kind: yes_no, ask: "Any danger?", worse: yes}
      burdens: {kind: multi, ask: "What burdens?", options: {family: Family, money: Money, work: Work}, worse: more}
      place: {kind: choice, ask: "From where?", options: {home: Home, iop: IOP, ward: Ward}}
      phq9:
        kind: instrument
        ask: PHQ-9
        total: {min: 0, max: 27}
        bands:
          few: {label: Few, from: 0, to: 9}
          many: {label: Many, from: 10, to: 27}
        reliable_change: 5
        remission: 5
        milestones:
          - {weeks: 4, below: 17}
          - {weeks: 9, below: 13}
sources:
  us: {title: Our own}
levels:
  weekly:
    title: Weekly
    summary: Once a week.
    action: Book it.
    sources: [us]
    care: {review_days: 90}
    step_up:
      - id: weekly-worse
        course: {changed: {question: phq9, worse_by: 5, within_days: 14}}
        because: It gets worse fast.
        sources: [us]
  iop:
    title: Intensive outpatient
    summary: Several days a week.
    action: Refer.
    sources: [us]
    care: {review_days: [14, 30], stay_days: [28, 84]}
    here: {place: iop}
    due:
      - {text: A physician certifies again, every: 60, sources: [us]}
    indications:
      - {id: iop-life, when: {functioning: {at_least: impaired}}, because: Daily life suffers., sources: [us]}
      - {id: iop-scores, when: {phq9: many}, because: Many symptoms., sources: [us]}
    step_down:
      - id: iop-down-scores
        when: {phq9: few}
        course:
          any:
            - held: {when: {phq9: few}, times: 2}
            - changed: {question: phq9, better_by_percent: 50, since: first}
        because: Few symptoms, twice.
        sources: [us]
      - id: iop-down-safe
        when: {danger: no}
        course: {none: [{seen: {when: {danger: yes}, within_days: 14}}]}
        because: No danger for two weeks.
        sources: [us]
    step_up:
      - id: iop-missed
        when: {functioning: lost}
        course: {changed: {question: functioning, worse_by: 1, since: last}}
        because: Daily life breaks down.
        sources: [us]
  ward:
    title: Ward
    summary: Day and night.
    action: Admit.
    sources: [us]
    due:
      - {text: Certify, first: 18, every: 30, sources: [us]}
    indications:
      - {id: ward-danger, when: {danger: yes}, because: Danger., sources: [us]}
    step_down:
      - {id: ward-down-safe, when: {danger: no}, because: No danger., sources: [us]}
`

func compile(tb testing.TB) *engine.Engine {
	tb.Helper()
	files := fstest.MapFS{"clinic.yaml": {Data: []byte(clinic)}}
	p, problems, err := pack.Load(files, "clinic.yaml", pack.LoadOptions{})
	if err != nil || diag.HasErrors(problems) {
		tb.Fatal(err, problems)
	}
	e, err := engine.Compile(p)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

// entry reads "2026-03-01 iop phq9=12 danger=no": a date, the level of a
// placement on that day or "-", and answers.
func entry(tb testing.TB, p *pack.Pack, text string) review.Entry {
	tb.Helper()
	fields := strings.Fields(text)
	s := pack.Sheet{Date: fields[0], Answers: p.NewAnswers(), Pack: p.Identity()}
	if level, date, dated := strings.Cut(fields[1], "@"); level != "-" {
		if !dated {
			date = s.Date
		}
		s.Placement = &pack.Placement{Level: level, By: "nurse", Date: date}
	}
	for _, assignment := range fields[2:] {
		if err := p.Set(s.Answers, assignment); err != nil {
			tb.Fatal(err)
		}
	}
	return review.Entry{Name: fields[0] + ".yaml", Sheet: s}
}

func entries(tb testing.TB, p *pack.Pack, texts ...string) []review.Entry {
	tb.Helper()
	var out []review.Entry
	for _, text := range texts {
		out = append(out, entry(tb, p, text))
	}
	return out
}

// told renders a review in a few lines.
func told(r *review.Review) string {
	p := r.Course.Reviewer.Engine().Pack()
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	to := "nowhere"
	if r.To != nil {
		to = r.To.ID
	}
	say("%s (%s): %s %v → %s", r.Present.Level.ID, r.Present.Origin, r.Verdict, r.Outcomes, to)
	not, unknown := r.Outstanding()
	for _, f := range not {
		say("not ready: %s, course %s", f.Criterion.ID, f.Course)
	}
	for _, f := range unknown {
		say("not known: %s, course %s", f.Criterion.ID, f.Course)
	}
	for _, f := range r.Readiness {
		if f.Ready() && f.Course == engine.Unknown {
			say("ready, not shown by the course: %s", f.Criterion.ID)
		}
	}
	for _, s := range r.Seen() {
		say("sign: %s", s.Sign.ID)
	}
	for _, c := range r.Changed {
		say("%s: %s → %s, %s", p.Slots[c.Slot].ID, answerText(p, c.Slot, c.From), answerText(p, c.Slot, c.To), c.Way)
	}
	for _, c := range r.Came {
		say("came: %s", c.ID)
	}
	for _, c := range r.Went {
		say("went: %s", c.ID)
	}
	for _, c := range r.Open {
		say("open: %s", c.ID)
	}
	for _, m := range r.Measures {
		say("%s", measureText(m))
	}
	if r.Here.Otherwise {
		say("the answers say another place")
	}
	if s := r.Stay; s.Known {
		say("since %s, %d days, usual %g to %g, open %t", review.Date(s.Began), s.Days, s.Usual.From, s.Usual.To, s.Open)
	}
	if r.Gap != nil {
		say("%d days late", r.Gap.Over)
	}
	if r.Next != nil {
		say("next %s by %s, early %t", review.Date(r.Next.Day), r.Next.Level.ID, r.Next.Early)
	}
	for _, d := range r.Due {
		say("due: %s", dueText(d))
	}
	return b.String()
}

func answerText(p *pack.Pack, slot int, v pack.Value) string {
	if !v.Known() {
		return "missing"
	}
	return p.FormatAnswer(slot, v)
}
