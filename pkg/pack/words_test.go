package pack

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wording makes conditions about the clinic.
type wording struct {
	t *testing.T
	p *Pack
}

func (w wording) in(id string, bounds ...Value) Condition {
	c := &In{}
	if c.Score = w.p.Score(id); c.Score == nil {
		c.Slot = slotOf(w.t, w.p, id)
	}
	for i := 0; i < len(bounds); i += 2 {
		c.Ranges = append(c.Ranges, Interval{bounds[i], bounds[i+1]})
	}
	return c
}

func (w wording) includes(mask Value, all bool) Condition {
	return &Includes{Slot: slotOf(w.t, w.p, "substances"), Mask: mask, All: all}
}

func (w wording) answered(id string, want bool) Condition {
	return &Answered{Slot: slotOf(w.t, w.p, id), Want: want}
}

func all(of ...Condition) Condition            { return &All{Of: of} }
func anyOf(of ...Condition) Condition          { return &Any{Of: of} }
func none(of ...Condition) Condition           { return &None{Of: of} }
func some(n int, of ...Condition) Condition    { return &AtLeast{Count: n, Of: of} }
func (w wording) unsafe() Condition            { return &Ref{To: w.p.Condition("unsafe")} }
func (w wording) named(title string) Condition { return &Ref{To: &NamedCondition{Title: title}} }

func TestDescribeTests(t *testing.T) {
	w := wording{t, clinic()}
	tests := []struct {
		c    Condition
		want string
	}{
		{nil, ""},
		{w.in("can_take_part", 1, 1), "ability to take part is yes"},
		{w.in("can_take_part", 0, 0), "ability to take part is no"},
		{none(w.in("can_take_part", 0, 0)), "ability to take part is yes"},

		{w.in("suicide_risk", 0, 0), "suicide risk is no thoughts"},
		{w.in("suicide_risk", 2, 2), `suicide risk is "Thoughts with a plan"`},
		{w.in("suicide_risk", 1, 2), `suicide risk is "Wish to be dead" or worse`},
		{w.in("suicide_risk", 0, 1), `suicide risk is "Wish to be dead" or better`},
		{w.in("suicide_risk", 0, 0, 2, 2), `suicide risk is no thoughts or "Thoughts with a plan"`},
		{none(w.in("suicide_risk", 1, 2)), "suicide risk is no thoughts"},

		{w.in("living", 1, 1), `living is "In a shelter"`},
		{w.in("living", 1, 2), `living is "In a shelter" or "On the street: no shelter"`},

		{w.in("crises", 0, 0), "crises are 0 times"},
		{w.in("crises", 3, 30), "crises are at least 3 times"},
		{w.in("crises", 0, 3), "crises are at most 3 times"},
		{w.in("crises", 2, 5), "crises are between 2 and 5 times"},
		{w.in("crises", 30, 30), "crises are 30 times"},
		{w.in("crises", 0, 1, 10, 30), "crises are at most 1 time or at least 10 times"},
		{none(w.in("crises", 3, 30)), "crises are at most 2 times"},
		{w.in("bmi", 100, 174), "BMI is at most 17.4"},
		{w.in("bmi", 185, 250), "BMI is between 18.5 and 25"},

		{w.in("phq9", 15, 27), "PHQ-9 total is at least 15 (moderately severe or worse)"},
		{w.in("phq9", 12, 27), "PHQ-9 total is at least 12"},
		{w.in("phq9", 20, 27), "PHQ-9 total is at least 20 (severe)"},
		{w.in("phq9", 0, 9), "PHQ-9 total is at most 9 (mild or better)"},
		{w.in("phq9", 0, 4), "PHQ-9 total is at most 4 (minimal)"},
		{w.in("phq9", 10, 14), "PHQ-9 total is between 10 and 14 (moderate)"},
		{w.in("phq9", 5, 14), "PHQ-9 total is between 5 and 14 (mild or moderate)"},
		{w.in("phq9", 5, 19), "PHQ-9 total is between 5 and 19 (mild to moderately severe)"},
		{w.in("phq9", 8, 14), "PHQ-9 total is between 8 and 14"},
		{w.in("whodas", 20, 48), "WHODAS total is at least 20"},
		{w.in("load", 3, 5), "load score is at least 3 (high)"},
		{w.in("load", 4, 5), "load score is at least 4"},
		{w.in("phq9_9", 1, 3), `PHQ-9 item 9 ("Thoughts that you would be better off…") is at least 1 (several days)`},
		{w.in("phq9_4", 0, 1), `PHQ-9 item 4 ("Tired") is at most 1 (several days)`},
		{w.in("phq9_4", 0, 0), `PHQ-9 item 4 ("Tired") is 0 (not at all)`},
		{w.in("phq9_4", 1, 2), `PHQ-9 item 4 ("Tired") is between 1 and 2`},

		{w.includes(1, false), "substances include alcohol"},
		{w.includes(5, false), `substances include alcohol or "Other; unknown"`},
		{w.includes(3, true), `substances include alcohol and "Opioids, any"`},
		{w.includes(7, false), "substances include any"},
		{none(w.includes(7, false)), "substances are none of these"},
		{none(w.includes(1, false)), "substances do not include alcohol"},
		{none(w.includes(5, false)), `substances include none of alcohol and "Other; unknown"`},
		{none(w.includes(3, true)), `substances do not include all of alcohol and "Opioids, any"`},

		{w.answered("phq9", true), "PHQ-9 total is answered"},
		{w.answered("crises", false), "crises are not answered"},
		{none(w.answered("crises", true)), "crises are not answered"},
		{none(w.answered("crises", false)), "crises are answered"},
	}
	for _, tt := range tests {
		if got := w.p.Describe(tt.c); got != tt.want {
			t.Errorf("\n got %s\nwant %s", got, tt.want)
		}
	}
}

func TestDescribeManyOptions(t *testing.T) {
	p := &Pack{}
	p.ask("s", "S",
		&Question{ID: "from", Kind: Choice, Options: options("a", "Home", "b", "Inpatient", "c", "PHP", "d", "IOP and home")},
		&Question{ID: "work", Kind: Scale, Options: options("a", "A lot", "b", "Some", "c", "Little", "d", "None", "e", "Lost it")},
		&Question{ID: "outlook", Kind: Scale, Options: options("a", "Gets better", "b", "Holds", "c", "Worsens", "d", "Collapses")})
	tests := []struct {
		c    Condition
		want string
	}{
		{&In{Ranges: []Interval{{0, 0}, {2, 2}}}, "from is home or PHP"},
		{&In{Ranges: []Interval{{1, 3}}}, "from is not home"},
		{&In{Ranges: []Interval{{0, 2}}}, `from is not "IOP and home"`},
		{&None{Of: []Condition{&In{Ranges: []Interval{{0, 0}}}}}, "from is not home"},
		{&In{Slot: 1, Ranges: []Interval{{1, 3}}}, "work is some, little or none"},
		{&In{Slot: 1, Ranges: []Interval{{0, 0}, {2, 4}}}, "work is not some"},
		{&In{Slot: 1, Ranges: []Interval{{0, 1}}}, "work is some or better"},
		{&In{Slot: 2, Ranges: []Interval{{2, 3}}}, `outlook is "Worsens" or worse`},
		{&In{Slot: 2, Ranges: []Interval{{0, 1}}}, "outlook is holds or better"},
		{&In{Slot: 2, Ranges: []Interval{{0, 0}}}, `outlook is "Gets better"`},
		{&None{Of: []Condition{&In{Slot: 1, Ranges: []Interval{{0, 4}}}}}, "an answer that there is none of"},
	}
	for _, tt := range tests {
		if got := p.Describe(tt.c); got != tt.want {
			t.Errorf("\n got %s\nwant %s", got, tt.want)
		}
	}
}

func TestDescribeJoined(t *testing.T) {
	w := wording{t, clinic()}
	a, b, c := w.in("crises", 3, 30), w.in("can_take_part", 1, 1), w.in("whodas", 20, 48)
	const A, B, C = "crises are at least 3 times", "ability to take part is yes", "WHODAS total is at least 20"
	tests := []struct {
		c    Condition
		want string
	}{
		{all(a, b), A + ", and " + B},
		{all(a, b, c), A + ", and " + B + ", and " + C},
		{anyOf(a, b), A + ", or " + B},
		{all(a, anyOf(b, c)), A + ", and (" + B + ", or " + C + ")"},
		{anyOf(all(a, b), c), "(" + A + ", and " + B + "), or " + C},
		{all(a, all(anyOf(b))), A + ", and " + B},
		{all(a, all(b, c)), A + ", and (" + B + ", and " + C + ")"},
		{none(a, b), "none of: " + A + "; " + B},
		{none(all(a, b)), "not (" + A + ", and " + B + ")"},
		{none(none(a, b)), "not (none of: " + A + "; " + B + ")"},
		{none(none(a)), A},
		{some(2, a, b, c), "at least 2 of: " + A + "; " + B + "; " + C},
		{some(1, a, b), A + ", or " + B},
		{some(2, a, b), A + ", and " + B},
		{some(2, all(a, b), b, c), "at least 2 of: " + A + ", and " + B + "; " + B + "; " + C},
		{some(2, a, b, none(b, c)), "at least 2 of: " + A + "; " + B + "; (none of: " + B + "; " + C + ")"},
		{all(some(2, a, b, c), b), "(at least 2 of: " + A + "; " + B + "; " + C + "), and " + B},
		{none(some(2, a, b, c)), "not (at least 2 of: " + A + "; " + B + "; " + C + ")"},
		{w.unsafe(), "an unsafe place to live"},
		{all(a, w.unsafe()), A + ", and an unsafe place to live"},
		{none(w.unsafe()), "not (an unsafe place to live)"},
		{all(a, w.named("alone, or nearly so")), A + ", and (alone, or nearly so)"},
		{w.named("alone, or nearly so"), "alone, or nearly so"},
		{none(w.named("alone, or nearly so")), "not (alone, or nearly so)"},
		{&Ref{To: &NamedCondition{ID: "at-risk"}}, "at risk"},
		{&Ref{}, ""},
	}
	for _, tt := range tests {
		if got := w.p.Describe(tt.c); got != tt.want {
			t.Errorf("\n got %s\nwant %s", got, tt.want)
		}
	}
}

func TestDescribeLines(t *testing.T) {
	w := wording{t, clinic()}
	circle := &NamedCondition{ID: "round", Title: "round"}
	circle.When = all(&Ref{To: circle}, w.in("crises", 0, 0))
	c := all(
		w.in("can_take_part", 1, 1),
		anyOf(w.unsafe(), some(2, w.in("crises", 3, 30), w.includes(1, false), none(w.in("living", 0, 0)))),
		none(w.in("phq9", 20, 27), w.in("suicide_risk", 2, 2)),
		none(w.unsafe()),
		&Ref{To: circle},
		anyOf(w.answered("crises", true)),
		&Ref{To: &NamedCondition{Title: "not read"}},
	)
	want := `all of:
  ability to take part is yes
  any of:
    an unsafe place to live:
      living is "In a shelter" or "On the street: no shelter"
    at least 2 of:
      crises are at least 3 times
      substances include alcohol
      living is "In a shelter" or "On the street: no shelter"
  none of:
    PHQ-9 total is at least 20 (severe)
    suicide risk is "Thoughts with a plan"
  none of:
    an unsafe place to live:
      living is "In a shelter" or "On the street: no shelter"
  round:
    all of:
      round, in circles
      crises are 0 times
  crises are answered
  not read
`
	var got strings.Builder
	for _, l := range w.p.DescribeLines(c) {
		got.WriteString(strings.Repeat("  ", l.Indent) + l.Text + "\n")
	}
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Error(diff)
	}
	if lines := w.p.DescribeLines(nil); len(lines) != 0 {
		t.Errorf("no condition has the lines %v", lines)
	}
}

// Two tests of one question that differ in meaning differ in words: every set
// of values of every small domain has a sentence of its own, as it is and
// negated.
func TestDescribeTellsTestsApart(t *testing.T) {
	p := clinic()
	for slot, s := range p.Slots {
		if s.Max-s.Min > 7 || s.Question.Kind == Multi {
			continue
		}
		n := int(s.Max - s.Min + 1)
		all, seen := 1<<n-1, map[string]int{}
		for set := 1; set < all; set++ {
			c := &In{Slot: slot, Ranges: rangesOf(set, n)}
			for _, said := range []struct {
				text string
				set  int
			}{{p.Describe(c), set}, {p.Describe(&None{Of: []Condition{c}}), all &^ set}} {
				if other, ok := seen[said.text]; ok && other != said.set {
					t.Errorf("%q stands for %b and for %b", said.text, other, said.set)
				}
				seen[said.text] = said.set
			}
		}
		if len(seen) != all-1 {
			t.Errorf("%s: %d sentences for %d sets", s.ID, len(seen), all-1)
		}
	}
}

// rangesOf returns the intervals of a set of small values.
func rangesOf(set, n int) (ranges []Interval) {
	for v := range n {
		switch last := len(ranges) - 1; {
		case set&(1<<v) == 0:
		case last >= 0 && ranges[last].To == Value(v-1):
			ranges[last].To = Value(v)
		default:
			ranges = append(ranges, Interval{Value(v), Value(v)})
		}
	}
	return ranges
}

func TestPlurals(t *testing.T) {
	for noun, want := range map[string]bool{
		"crises": true, "main concerns": true, "wishes for treatment": true, "hours of treatment needed": true, "days at home": true,
		"severity of symptoms": false, "hopelessness": false, "psychosis": false, "status": false, "WHODAS": false, "WHODAS total": false,
		"PHQ-9": false, "PHQs": false, "what is in place for a step down": false, "bus": false, "client's home": false, "": false, "s": false,
	} {
		if got := isPlural(noun); got != want {
			t.Errorf("isPlural(%q) = %v", noun, got)
		}
	}
}

func TestShorten(t *testing.T) {
	tests := []struct {
		text string
		n    int
		want string
	}{
		{"short", 10, "short"},
		{"exactly ten", 11, "exactly ten"},
		{"feeling down, depressed", 15, "feeling down…"},
		{"unbreakable-text", 6, "unbre…"},
		{"größer als gedacht", 12, "größer als…"},
		{"", 3, ""},
	}
	for _, tt := range tests {
		if got := shorten(tt.text, tt.n); got != tt.want {
			t.Errorf("shorten(%q, %d) = %q, want %q", tt.text, tt.n, got, tt.want)
		}
	}
}
