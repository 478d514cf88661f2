package pack

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// slotOf is the slot with this id; the tests name only those that there are.
func slotOf(t testing.TB, p *Pack, id string) int {
	t.Helper()
	slot, ok := p.SlotByID(id)
	if !ok {
		t.Fatalf("no slot %q", id)
	}
	return slot
}

func TestFormatAndLabel(t *testing.T) {
	p := clinic()
	tests := []struct {
		id           string
		v            Value
		format, text string
	}{
		{"suicide_risk", 0, "none", "No thoughts"},
		{"suicide_risk", 2, "plan", "Thoughts with a plan"},
		{"suicide_risk", Missing, "", "not answered"},
		{"suicide_risk", NotAssessed, "not_assessed", "not assessed"},
		{"suicide_risk", 3, "3", "3"},
		{"suicide_risk", -1, "-1", "-1"},
		{"can_take_part", 0, "no", "no"},
		{"can_take_part", 1, "yes", "yes"},
		{"living", 1, "shelter", "In a shelter"},
		{"substances", 0, "none", "none of these"},
		{"substances", 1, "alcohol", "Alcohol"},
		{"substances", 6, "opioids;other", "Opioids, any; Other; unknown"},
		{"substances", 8, "8", "8"},
		{"crises", 0, "0", "0 times"},
		{"crises", 12, "12", "12 times"},
		{"bmi", 185, "18.5", "18.5"},
		{"bmi", 180, "18", "18"},
		{"bmi", 9, "9", "9"},
		{"phq9", 15, "15", "15 (moderately severe)"},
		{"phq9_3", 2, "2", "2 (more than half the days)"},
		{"phq9_3", 7, "7", "7"},
		{"whodas", 20, "20", "20"},
	}
	for _, tt := range tests {
		slot := slotOf(t, p, tt.id)
		if got := p.FormatAnswer(slot, tt.v); got != tt.format {
			t.Errorf("FormatAnswer(%s, %d) = %q, want %q", tt.id, tt.v, got, tt.format)
		}
		if got := p.AnswerLabel(slot, tt.v); got != tt.text {
			t.Errorf("AnswerLabel(%s, %d) = %q, want %q", tt.id, tt.v, got, tt.text)
		}
	}
}

func TestFormatDecimal(t *testing.T) {
	tests := []struct {
		v        Value
		decimals int
		want     string
	}{
		{0, 0, "0"}, {-7, 0, "-7"}, {5, 1, "0.5"}, {-5, 1, "-0.5"}, {50, 1, "5"}, {1005, 3, "1.005"}, {1, 3, "0.001"}, {0, 2, "0"},
	}
	for _, tt := range tests {
		if got := formatDecimal(tt.v, tt.decimals); got != tt.want {
			t.Errorf("formatDecimal(%d, %d) = %q, want %q", tt.v, tt.decimals, got, tt.want)
		}
	}
}

// everything is one answer to each question of the clinic and some items.
func everything(t testing.TB, p *Pack) Answers {
	a := p.NewAnswers()
	for id, v := range map[string]Value{
		"suicide_risk": 1, "can_take_part": 1, "living": 2, "substances": 5, "crises": 3, "bmi": 185,
		"phq9_1": 2, "phq9_2": NotAssessed, "phq9_9": 0, "whodas": NotAssessed,
	} {
		a[slotOf(t, p, id)] = v
	}
	return a
}

func TestEncodeAnswers(t *testing.T) {
	p := clinic()
	p.Sections[1].Title = "Life\u2028\x1b[31mand\nhome"
	want := `# Safety
suicide_risk: passive  # Wish to be dead
can_take_part: yes
# Life  [31mand home
living: street  # On the street: no shelter
substances: [alcohol, other]  # Alcohol; Other; unknown
crises: 3  # 3 times
bmi: 18.5
# Symptoms
phq9_1: 2  # 2 (more than half the days)
phq9_2: not_assessed
phq9_9: 0  # 0 (not at all)
whodas: not_assessed
`
	if diff := cmp.Diff(want, string(p.EncodeAnswers(everything(t, p)))); diff != "" {
		t.Error(diff)
	}
	if got := string(p.EncodeAnswers(p.NewAnswers())); got != "{}\n" {
		t.Errorf("no answers are written as %q", got)
	}
}

func TestAnswersJSON(t *testing.T) {
	p := clinic()
	want := `{"suicide_risk":"passive","can_take_part":"yes","living":"street","substances":["alcohol","other"],"crises":3,` +
		`"bmi":18.5,"phq9_1":2,"phq9_2":null,"phq9_9":0,"whodas":null}`
	if diff := cmp.Diff(want, string(p.AnswersJSON(everything(t, p)))); diff != "" {
		t.Error(diff)
	}
	none := p.NewAnswers()
	none[slotOf(t, p, "substances")] = 0
	if got := string(p.AnswersJSON(none)); got != `{"substances":[]}` {
		t.Errorf("none of these is written as %s", got)
	}
}

// Words that YAML might take for a truth value or for nothing are quoted.
func TestEncodeAnswersQuotes(t *testing.T) {
	p := &Pack{}
	p.ask("s", "S",
		&Question{ID: "y", Kind: Choice, Options: options("yes", "yes", "null", "null", "on", "on")},
		&Question{ID: "n", Kind: Multi, Options: options("true", "true", "off", "off")})
	if got, want := string(p.EncodeAnswers(Answers{1, 3})), "# S\n\"y\": \"null\"  # null\n\"n\": [\"true\", \"off\"]  # true; off\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// drawAnswer draws an answer to a slot, or that there is none.
func drawAnswer(t *rapid.T, p *Pack, slot int) Value {
	s := p.Slots[slot]
	switch rapid.IntRange(0, 4).Draw(t, "how") {
	case 0:
		return Missing
	case 1:
		return NotAssessed
	}
	return Value(rapid.Int64Range(int64(s.Min), int64(s.Max)).Draw(t, s.ID))
}

func TestFormatReadsBack(t *testing.T) {
	p := clinic()
	rapid.Check(t, func(t *rapid.T) {
		slot := rapid.IntRange(0, len(p.Slots)-1).Draw(t, "slot")
		v := drawAnswer(t, p, slot)
		text := p.FormatAnswer(slot, v)
		got, err := p.ParseAnswer(slot, text)
		if err != nil || got != v {
			t.Fatalf("%s: %d is written %q and read back as %d, %v", p.Slots[slot].ID, v, text, got, err)
		}
		a := p.NewAnswers()
		a[slot] = 0
		if err := p.Set(a, p.Slots[slot].ID+"="+text); err != nil || a[slot] != v {
			t.Fatalf("%s=%s set %d, %v", p.Slots[slot].ID, text, a[slot], err)
		}
	})
}

func ExamplePack_FormatAnswer() {
	p := clinic()
	slot, _ := p.SlotByID("substances")
	v, _ := p.ParseAnswer(slot, "Alcohol; other")
	fmt.Println(p.FormatAnswer(slot, v))
	fmt.Println(strings.ToUpper(p.AnswerLabel(slot, v)))
	// Output:
	// alcohol;other
	// ALCOHOL; OTHER; UNKNOWN
}
