package rules_test

import (
	"fmt"
	"testing"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Every statement of the article that the default pack started from, in our
// words, and where it lives: ids of criteria, services and notes as they are,
// statements of a level as "level.list: text".
var article = []struct {
	statement string
	places    []string
}{
	{"IOP is about four hours a day on three to five days a week", []string{"iop.care: session_minutes 180-240", "iop.care: days_per_week 3-5"}},
	{"four hours on five days is where partial hospitalization begins", []string{"iop.care: hours_per_week 9-19", "php.care: hours_per_week 20-30"}},
	{"IOP is group and individual therapy", []string{"iop.services: group_therapy", "iop.services: individual_therapy"}},
	{"one lives at home during IOP", []string{"iop-lives-at-home-safely", "iop-safe-home", "iop.care: setting"}},
	{"IOP is for people who need more than weekly therapy", []string{"iop-monitoring", "iop-more-than-sessions", "iop.suits: People who need more than weekly therapy and still keep some daily functioning"}},
	{"and still keep some daily functioning", []string{"iop-keeps-some-functioning"}},
	{"early or volatile stages of recovery", []string{"iop-early-recovery", "iop-volatile-recovery", "iop-early-stage", "iop.suits: Early or volatile stages of recovery"}},
	{"close monitoring", []string{"iop-monitoring", "iop.suits: People who need close monitoring, less than daily and more than weekly"}},
	{"step down from inpatient care once stable enough for daily life", []string{"iop-step-down", "inpatient-not-ready-to-leave", "iop.suits: Step down from inpatient care once stable enough to return to daily life"}},
	{"groups give coping strategies", []string{"iop.objectives: Skill-building: coping strategies and regulation of emotions", "iop-wants-peers"}},
	{"groups give peer support", []string{"peer_support", "iop-wants-peers"}},
	{"groups give interpersonal skills", []string{"skills_group", "iop.objectives: Social and interpersonal skills, practiced in groups with peers"}},
	{"DBT is central to IOP", []string{"dbt", "iop.services: dbt"}},
	{"IOP improves self-esteem, self-awareness, decisions and choices", []string{"iop.objectives: Self-esteem, self-awareness, decision making and positive choices"}},
	{"IOP improves physical health", []string{"iop.objectives: Physical health", "healthy_living"}},
	{"IOP aims to stabilize quickly", []string{"iop.objectives: Stabilize quickly"}},
	{"IOP aims at emotional regulation", []string{"iop.objectives: Skill-building: coping strategies and regulation of emotions", "iop-coping-swings"}},
	{"outpatient care is one or two sessions a week", []string{"outpatient.care: days_per_week 1-2", "outpatient.care: hours_per_week 1-2"}},
	{"flexible, beside work, education and private life", []string{"outpatient-flexible", "outpatient-keeps-functioning", "outpatient.suits: People who carry on with work, education and private life beside treatment"}},
	{"outpatient care is for mild to moderate symptoms", []string{"outpatient-mild-to-moderate", "iop-severe-symptoms"}},
	{"and a strong support system at home", []string{"outpatient-strong-support", "outpatient.suits: Mild to moderate symptoms with a strong support system at home"}},
	{"step down from IOP while support is still needed", []string{"outpatient-after-iop", "outpatient.suits: People stepping down from IOP who still need support"}},
	{"new concerns", []string{"outpatient-new-concern", "outpatient.suits: New concerns"}},
	{"keeping gains", []string{"outpatient-keeps-gains", "outpatient.suits: Keeping what has been gained"}},
	{"outpatient services: CBT", []string{"cbt", "outpatient.services: cbt"}},
	{"outpatient services: motivational interviewing", []string{"motivational_interviewing", "outpatient.services: motivational_interviewing"}},
	{"outpatient services: psychodrama, whose evidence is limited", []string{"outpatient.services: psychodrama", "psychodrama evidence limited"}},
	{"offered in places: brain mapping, with little evidence", []string{"outpatient.services: brain_mapping", "brain_mapping evidence little"}},
	{"offered in places: red light therapy, with little evidence", []string{"outpatient.services: red_light", "red_light evidence little"}},
	{"both: symptom management", []string{"iop.objectives: Symptom management: fewer and milder symptoms, measured at every review", "outpatient.objectives: Symptom management: symptoms measured at intervals and in remission"}},
	{"both: skill-building", []string{"iop.objectives: Skill-building: coping strategies and regulation of emotions", "outpatient.objectives: Skill-building: coping skills used in daily life"}},
	{"both: relapse prevention", []string{"iop.objectives: Relapse prevention", "outpatient.objectives: Relapse prevention: early signs known, and what to do about them agreed", "relapse_prevention"}},
	{"both: goals set together", []string{"iop.objectives: Goals set together with the person", "outpatient.objectives: Goals set together with the person", "iop-plan", "outpatient-plan"}},
	{"both: a team of psychiatrists, psychologists and nurses", []string{"iop.team: Psychiatrists, psychologists and nurses, with therapists and social workers", "outpatient.team: Psychiatrists, psychologists and nurses, as far as the plan needs them"}},
	{"both: regular follow-up and a change of level when needed", []string{"iop.team: Regular follow-up by the same team, with a change of level when it is needed (the continuum of care)", "outpatient.team: Regular follow-up, with a change of level when it is needed (the continuum of care)", "iop.care: review_days 14-30", "outpatient.care: review_days 90-90", "care_coordination"}},
	{"step down from IOP needs a solid foundation and readiness", []string{"iop-down-ready", "iop-not-ready-to-leave", "iop.objectives: A solid foundation and readiness for less frequent contact, then step down to outpatient care"}},
}

func TestArticleHasItsPlace(t *testing.T) {
	has := places(load(t, "mental-health"))
	for _, a := range article {
		for _, place := range a.places {
			if !has[place] {
				t.Errorf("%q should live in %q, which the pack does not have", a.statement, place)
			}
		}
	}
}

// A service with little evidence must never be called for by an answer: that
// would read as a recommendation.
func TestLittleEvidenceIsNeverSuggestedByAnAnswer(t *testing.T) {
	n := 0
	for _, s := range load(t, "mental-health").Services {
		if s.Evidence != pack.EvidenceLittle {
			continue
		}
		n++
		if s.When != nil || s.Detail == "" {
			t.Errorf("%s: little evidence, so no condition and an honest detail are wanted", s.ID)
		}
	}
	if n != 2 {
		t.Errorf("%d services with little evidence, want brain mapping and red light therapy", n)
	}
}

func places(p *pack.Pack) map[string]bool {
	has := map[string]bool{}
	for _, s := range p.Services {
		has[s.ID] = true
		has[s.ID+" evidence "+s.Evidence.String()] = true
	}
	for _, n := range p.Notes {
		has[n.ID] = true
	}
	for _, l := range p.Levels {
		for _, c := range criteria(l) {
			has[c.ID] = true
		}
		for _, s := range l.Services {
			has[l.ID+".services: "+s.ID] = true
		}
		addStatements(has, l.ID+".suits: ", l.Suits)
		addStatements(has, l.ID+".objectives: ", l.Aims())
		addStatements(has, l.ID+".team: ", l.Team)
		addCare(has, l)
	}
	return has
}

func addStatements(has map[string]bool, prefix string, ss []pack.Statement) {
	for _, s := range ss {
		has[prefix+s.Text] = true
	}
}

func addCare(has map[string]bool, l *pack.Level) {
	c := l.Care
	for _, r := range []struct {
		name string
		pack.Range
	}{
		{"hours_per_week", c.HoursPerWeek},
		{"days_per_week", c.DaysPerWeek},
		{"session_minutes", c.SessionMinutes},
		{"stay_days", c.StayDays},
		{"review_days", c.ReviewDays},
	} {
		has[fmt.Sprintf("%s.care: %s %g-%g", l.ID, r.name, r.From, r.To)] = true
	}
	if c.Setting != "" {
		has[l.ID+".care: setting"] = true
	}
}
