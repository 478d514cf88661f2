package pack

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// set lays assignments over no answers and writes what came of it in one line,
// or the error.
func set(t *testing.T, assignments ...string) string {
	t.Helper()
	p := clinic()
	a := p.NewAnswers()
	for _, s := range assignments {
		before := append(Answers{}, a...)
		if err := p.Set(a, s); err != nil {
			if diff := cmp.Diff(before, a); diff != "" {
				t.Errorf("%s failed and changed the answers:\n%s", s, diff)
			}
			var typed *AnswerError
			if !errors.As(err, &typed) {
				t.Errorf("%s: the error %v is no AnswerError", s, err)
			}
			return err.Error()
		}
	}
	if err := p.CheckAnswers(a); err != nil {
		return "check: " + err.Error()
	}
	return string(p.AnswersJSON(a))
}

func TestSet(t *testing.T) {
	tests := []struct{ set, want string }{
		{"suicide_risk=passive", `{"suicide_risk":"passive"}`},
		{" suicide_risk = passive ", `{"suicide_risk":"passive"}`},
		{"suicide_risk=wish to be DEAD", `{"suicide_risk":"passive"}`},
		{"suicide_risk=not_assessed", `{"suicide_risk":null}`},
		{"suicide_risk=", `{}`},
		{"suicide_risk=Passive", `suicide_risk: "Passive" is not one of its answers; expected none, passive or plan; did you mean "passive"?`},
		{"suicide_risk=wish to be ded", `suicide_risk: "wish to be ded" is not one of its answers; expected none, passive or plan; did you mean "passive"?`},
		{"suicide_risk=1", `suicide_risk: "1" is not one of its answers; expected none, passive or plan`},
		{"suicide_risks=none", `suicide_risks: there is no such question; did you mean "suicide_risk"?`},
		{"hopelessness=none", `hopelessness: there is no such question`},
		{"suicide_risk", `"suicide_risk" is no answer; expected question=value`},
		{"=none", `"=none" is no answer; expected question=value`},

		{"can_take_part=yes", `{"can_take_part":"yes"}`},
		{"can_take_part=Y", `{"can_take_part":"yes"}`},
		{"can_take_part=TRUE", `{"can_take_part":"yes"}`},
		{"can_take_part=n", `{"can_take_part":"no"}`},
		{"can_take_part=false", `{"can_take_part":"no"}`},
		{"can_take_part=1", `can_take_part: "1" is not one of its answers; expected yes or no`},

		{"living=On the street: no shelter", `{"living":"street"}`},
		{"living=home;street", `living: "home;street" is not one of its answers; expected home, shelter or street; did you mean "home"?`},

		{"substances=none", `{"substances":[]}`},
		{"substances=None of these", `{"substances":[]}`},
		{"substances=alcohol", `{"substances":["alcohol"]}`},
		{"substances=other;alcohol", `{"substances":["alcohol","other"]}`},
		{"substances=other, alcohol", `{"substances":["alcohol","other"]}`},
		{"substances=Opioids, any", `{"substances":["opioids"]}`},
		{"substances=Opioids, any; alcohol", `{"substances":["alcohol","opioids"]}`},
		{"substances=Other; unknown", `{"substances":["other"]}`},
		{"substances=alcohol;none", `substances: "none" stands alone: it does not go with other answers`},
		{"substances=alcohol;alcohol", `substances: "alcohol" is there twice`},
		{"substances=alcohol;", `substances: "alcohol;" has an empty part; expected answers separated by semicolons`},
		{"substances=alcohol;opiods", `substances: "opiods" is not one of its answers; expected any of alcohol, opioids, other or none; did you mean "opioids"?`},

		{"crises=3", `{"crises":3}`},
		{"crises=3.0", `{"crises":3}`},
		{"crises=03", `{"crises":3}`},
		{"crises=31", `crises: "31" is out of range; expected a whole number from 0 to 30 times`},
		{"crises=-1", `crises: "-1" is out of range; expected a whole number from 0 to 30 times`},
		{"crises=99999999999999999999", `crises: "99999999999999999999" is out of range; expected a whole number from 0 to 30 times`},
		{"crises=2.5", `crises: "2.5" is not a whole number; expected a whole number from 0 to 30 times`},
		{"crises=2,5", `crises: "2,5" has a comma; expected a whole number from 0 to 30 times, with a point`},
		{"crises=three", `crises: "three" is not a number; expected a whole number from 0 to 30 times`},
		{"crises=3 times", `crises: "3 times" is not a number; expected a whole number from 0 to 30 times`},
		{"crises=1e1", `crises: "1e1" is not a number; expected a whole number from 0 to 30 times`},
		{"crises=NaN", `crises: "NaN" is not a number; expected a whole number from 0 to 30 times`},
		{"crises=.", `crises: "." is not a number; expected a whole number from 0 to 30 times`},
		{"crises=5.", `crises: "5." is not a number; expected a whole number from 0 to 30 times`},
		{"bmi=18.5", `{"bmi":18.5}`},
		{"bmi=18.50", `{"bmi":18.5}`},
		{"bmi=18.55", `bmi: "18.55" has more than 1 digit after the point; expected a number from 10 to 70`},
		{"bmi=18,5", `bmi: "18,5" has a comma; expected a number from 10 to 70, with a point`},
		{"bmi=9.9", `bmi: "9.9" is out of range; expected a number from 10 to 70`},

		{"phq9=15", `{"phq9":15}`},
		{"phq9=28", `phq9: "28" is out of range; expected a whole number from 0 to 27`},
		{"phq9=2,1,,3,0,not_assessed,0,1,0", `{"phq9_1":2,"phq9_2":1,"phq9_4":3,"phq9_5":0,"phq9_6":null,"phq9_7":0,"phq9_8":1,"phq9_9":0}`},
		{"phq9=2;1;0;3;0;0;0;1;", `{"phq9_1":2,"phq9_2":1,"phq9_3":0,"phq9_4":3,"phq9_5":0,"phq9_6":0,"phq9_7":0,"phq9_8":1}`},
		{"phq9=2,1", `phq9: "2,1" has 2 items; expected 9, or the total`},
		{"phq9=2,1,0,3,0,0,0,1,4", `phq9_9: "4" is not one of its answers; expected a whole number from 0 to 3`},
		{"phq9_9=several days", `{"phq9_9":1}`},
		{"phq9_9=1.0", `{"phq9_9":1}`},
		{"phq9_10=1", `phq9_10: there is no such question; did you mean "phq9_1"?`},
		{"whodas=1,2", `whodas: "1,2" has a comma; expected a whole number from 0 to 48, with a point`},
	}
	for _, tt := range tests {
		if got := set(t, tt.set); got != tt.want {
			t.Errorf("--set %q\n got %s\nwant %s", tt.set, got, tt.want)
		}
	}
}

func TestSetOneAfterTheOther(t *testing.T) {
	tests := []struct {
		set  []string
		want string
	}{
		{[]string{"living=home", "living=street"}, `{"living":"street"}`},
		{[]string{"living=home", "living="}, `{}`},
		{[]string{"phq9=1,1,1,1,1,1,1,1,1", "phq9=9"}, `{"phq9":9,"phq9_1":1,"phq9_2":1,"phq9_3":1,"phq9_4":1,"phq9_5":1,"phq9_6":1,"phq9_7":1,"phq9_8":1,"phq9_9":1}`},
		{[]string{"phq9=1,1,1,1,1,1,1,1,1", "phq9="}, `{}`},
		{[]string{"phq9=1,1,1,1,1,1,1,1,1", "phq9=not_assessed"}, `{"phq9":null}`},
		{[]string{"phq9=1,1,1,1,1,1,1,1,1", "phq9=10"}, `check: phq9: "10" is not what its items add up to, which is 9`},
		{[]string{"phq9_1=3", "phq9_2=3", "phq9=5"}, `check: phq9: "5" is not what its items can add up to, which is 6 to 27`},
		{[]string{"phq9_1=3", "phq9_2=3", "phq9=6"}, `{"phq9":6,"phq9_1":3,"phq9_2":3}`},
		{[]string{"phq9_1=0", "phq9=25"}, `check: phq9: "25" is not what its items can add up to, which is 0 to 24`},
	}
	for _, tt := range tests {
		if got := set(t, tt.set...); got != tt.want {
			t.Errorf("%q\n got %s\nwant %s", tt.set, got, tt.want)
		}
	}
}

// A label that two options share names neither, and an id wins over a label.
func TestLabelsThatCollide(t *testing.T) {
	p := &Pack{}
	p.ask("s", "S", &Question{ID: "q", Kind: Choice, Options: options("a", "Same", "b", "same", "c", "a")})
	if v, err := p.ParseAnswer(0, "a"); err != nil || v != 0 {
		t.Errorf("a is %d, %v", v, err)
	}
	_, err := p.ParseAnswer(0, "SAME")
	if want := `q: "SAME" is the label of two answers; expected a, b or c`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestCheckAnswers(t *testing.T) {
	p := clinic()
	if err := p.CheckAnswers(make(Answers, 3)); err == nil || !strings.Contains(err.Error(), "answers to 3 questions and items") {
		t.Errorf("answers to another pack: %v", err)
	}
	a := p.NewAnswers()
	a[slotOf(t, p, "suicide_risk")] = 3
	a[slotOf(t, p, "phq9")] = 27
	a[slotOf(t, p, "phq9_1")] = 0
	want := `suicide_risk: "3" is out of range; phq9: "27" is not what its items can add up to, which is 0 to 24`
	err := p.CheckAnswers(a)
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	var typed *AnswerError
	if !errors.As(err, &typed) || typed.Question != "suicide_risk" {
		t.Errorf("%v holds no AnswerError about suicide_risk", err)
	}
}

func FuzzSet(f *testing.F) {
	for _, s := range []string{"suicide_risk=none", "phq9=1,,2", "substances=a;b", "bmi=18.5", "crises=-", "=", "phq9_3=\x00"} {
		f.Add(s)
	}
	p := clinic()
	f.Fuzz(func(t *testing.T, assignment string) {
		a := p.NewAnswers()
		if err := p.Set(a, assignment); err != nil {
			if diff := cmp.Diff(p.NewAnswers(), a); diff != "" {
				t.Errorf("%q failed with %v and changed\n%s", assignment, err, diff)
			}
			return
		}
		if err := p.CheckAnswers(a); err != nil {
			t.Errorf("%q set answers that cannot be: %v", assignment, err)
		}
	})
}
