package report

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Schema names the form of the JSON that this package writes. Keys are added
// without a new name; none changes its meaning or goes away.
const Schema = "carelevel.recommendation/1"

// JSON writes the recommendation for programs, indented by two spaces. Texts
// are the pack's own, exactly; ids, not labels, stand for answers.
//
// The key plan is what happens next, at the level that people chose or else
// the recommended one; null while the level is undetermined, in an emergency,
// and where people chose a level that the pack does not have or an emergency
// one. It holds
//
//   - level;
//   - objectives [{text, state, targets: [{question, test, now, state}],
//     answers, missing, sources}]: those for everybody and those that the
//     answers call for, "unmeasured" (without targets), "reached", "open" or
//     "unknown", and those that wait for the answers in missing, "waiting"; a
//     target is "reached", "open" or "unknown", and now is null without an
//     answer or total;
//   - agree and team [{text, sources}];
//   - services and barriers: ids, with their texts in services and warnings;
//   - review {from, by}, as above it, but for this level;
//   - due [{text, date, first_days, every_days, sources}]: date is the first
//     time, from the placement or else from the assessment, null without either;
//   - step_up [{sign, state, because, answers, missing, sources}]: "seen",
//     "not_seen" or "unknown"; what asks for earlier assessments is unknown from
//     one unless the answers speak against it; the answers that would lead to
//     more care are among flips;
//   - step_down [{criterion, state, over_time, because, missing, sources}], as
//     above it, but for this level; over_time says that earlier assessments can
//     speak against it.
func JSON(w io.Writer, in Input) error { return writeJSON(w, newResult(in), "  ") }

// JSONLine is JSON on one line.
func JSONLine(w io.Writer, in Input) error { return writeJSON(w, newResult(in), "") }

func writeJSON(w io.Writer, v any, indent string) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	return e.Encode(v)
}

// result is the JSON of a recommendation; the order of its fields is the order
// of the keys. Lists are never null.
type result struct {
	Schema        string            `json:"schema"`
	Pack          packResult        `json:"pack"`
	ID            string            `json:"id"`
	Date          string            `json:"date"`
	Status        string            `json:"status"`
	Level         *string           `json:"level"`
	Possible      []string          `json:"possible"`
	Exact         bool              `json:"exact"` // false: possible and deciding may name too much
	Emergency     bool              `json:"emergency"`
	Referral      bool              `json:"referral"`
	Action        string            `json:"action"`
	Review        *reviewResult     `json:"review"`
	Placement     *placementResult  `json:"placement"`
	Indications   []findingResult   `json:"indications"`
	OneOf         []openResult      `json:"one_of"` // one of them holds, whatever the missing answers are
	Open          []openResult      `json:"open"`
	Requirements  []requirement     `json:"requirements"`
	Supports      []findingResult   `json:"supports"`
	StepDown      []stepDownResult  `json:"step_down"`
	WhyNot        []findingResult   `json:"why_not"`
	Sufficient    object            `json:"sufficient"`
	Smallest      bool              `json:"sufficient_is_smallest"`
	Flips         []flipResult      `json:"flips"`
	Nearest       []flipResult      `json:"nearest"` // the way to each other level that changes fewest answers
	Deciding      []string          `json:"deciding"`
	Next          *string           `json:"next"`
	OpenQuestions []string          `json:"open_questions"`
	Answers       object            `json:"answers"`
	Instruments   []instrument      `json:"instruments"`
	Warnings      []warning         `json:"warnings"`
	Services      []serviceResult   `json:"services"`
	Plan          *planResult       `json:"plan"`
	Limits        []statementResult `json:"limits"`
	Sources       []sourceResult    `json:"sources"`
}

type packResult struct {
	ID          string `json:"id"`
	Version     string `json:"version"`
	Hash        string `json:"hash"`
	Title       string `json:"title"`
	Population  string `json:"population"`
	IntendedUse string `json:"intended_use"`
}

type findingResult struct {
	Criterion string   `json:"criterion"`
	Level     string   `json:"level"`
	Because   string   `json:"because"`
	Answers   object   `json:"answers"`
	Sources   []string `json:"sources"`
}

type openResult struct {
	Criterion string   `json:"criterion"`
	Level     string   `json:"level"`
	Because   string   `json:"because"`
	Missing   []string `json:"missing"`
	Sources   []string `json:"sources"`
}

type requirement struct {
	Criterion string   `json:"criterion"`
	Level     string   `json:"level"`
	State     string   `json:"state"`
	Because   string   `json:"because"`
	Otherwise string   `json:"otherwise"`
	Answers   object   `json:"answers"`
	Missing   []string `json:"missing"`
	Sources   []string `json:"sources"`
}

type stepDownResult struct {
	Criterion string   `json:"criterion"`
	Level     string   `json:"level"`
	State     string   `json:"state"`
	Because   string   `json:"because"`
	Sources   []string `json:"sources"`
}

type flipResult struct {
	Level   string         `json:"level"`
	Changes []changeResult `json:"changes"`
}

type changeResult struct {
	Question string `json:"question"`
	From     any    `json:"from"`
	To       any    `json:"to"`
}

type instrument struct {
	Question string  `json:"question"`
	Total    *int64  `json:"total"`
	Band     *string `json:"band"`
	Filled   int     `json:"filled"`
	Min      int64   `json:"min"`
	Max      int64   `json:"max"`
}

type warning struct {
	ID      string            `json:"id"`
	Kind    string            `json:"kind"`
	Because string            `json:"because"`
	Answers object            `json:"answers"`
	Try     []statementResult `json:"try"`
	Sources []string          `json:"sources"`
}

type serviceResult struct {
	ID        string   `json:"id"`
	Level     string   `json:"level"`
	Title     string   `json:"title"`
	Suggested bool     `json:"suggested"`
	Because   string   `json:"because"`
	Evidence  *string  `json:"evidence"`
	Answers   object   `json:"answers"`
	Sources   []string `json:"sources"`
}

type statementResult struct {
	Text    string   `json:"text"`
	Sources []string `json:"sources"`
}

type sourceResult struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	URL   string `json:"url"`
	Date  string `json:"date"`
}

// object is a JSON object that keeps the order of its members, which a map
// would lose.
type object []member

type member struct {
	key   string
	value any
}

// MarshalJSON implements json.Marshaler.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		for j, v := range []any{m.key, m.value} {
			if j > 0 {
				b.WriteByte(':')
			}
			if err := writeJSON(&b, v, ""); err != nil {
				return nil, err
			}
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// stateWord is a state as the JSON spells it.
func stateWord(t engine.Truth) string {
	return [...]string{engine.False: "not_met", engine.Unknown: "unknown", engine.True: "met"}[t]
}

func sourceIDs(sources []*pack.Source) []string {
	out := []string{}
	for _, s := range sources {
		out = append(out, s.ID)
	}
	return out
}

func statementResults(all []pack.Statement) []statementResult {
	out := []statementResult{}
	for _, s := range all {
		out = append(out, statementResult{s.Text, sourceIDs(s.Sources)})
	}
	return out
}
