package report

import (
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/explain"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// courses are assessments of one person, one course for each kind of review:
// "date level answers…", where the level is that of a placement, or "-".

var courses = []struct {
	name, at string
	texts    []string
}{
	{"hold", "", []string{ // one thing each: not so, not so over time, not known
		"2026-01-05 iop danger=no risk=passive functioning=impaired phq9=18 missed=0 goals=coping coming_from=home next=no",
		"2026-02-02 - danger=no risk=passive functioning=impaired phq9=12 missed=1 goals=coping coming_from=iop next=no",
		"2026-02-10 - danger=no risk=none functioning=kept phq9=9 missed=0 goals=coping,peers coming_from=iop",
	}},
	{"hold-now", "", []string{
		"2026-01-05 iop danger=no risk=none functioning=impaired phq9=12 missed=0 goals=none coming_from=home next=no",
		"2026-03-02 iop danger=no risk=none functioning=kept phq9=8 missed=0 goals=none coming_from=iop next=no", // placed since
	}},
	{"step-down", "", []string{ // the earlier ones do not show everything, which does not stand in the way
		"2026-01-05 iop@2026-01-07 danger=no risk=none functioning=impaired missed=0 goals=none coming_from=home next=no",
		"2026-02-02 - danger=no risk=none functioning=kept phq9=4 missed=0 goals=peers coming_from=iop next=yes",
	}},
	{"step-down-php", "", []string{ // nothing is stated that leaving needs
		"2026-01-05 php danger=no risk=plan functioning=lost phq9=22 missed=0 goals=none coming_from=home next=no",
		"2026-01-12 - danger=no risk=none functioning=impaired phq9=20 missed=0 goals=coping coming_from=php next=no",
	}},
	{"continue", "", []string{ // late, with a sign, something due, less response than expected, and the record says otherwise
		"2026-01-05 iop danger=no risk=none functioning=impaired phq9=16 missed=0 goals=coping coming_from=home next=no",
		"2026-01-30 - danger=no risk=none functioning=impaired phq9=14 missed=0 goals=coping coming_from=iop next=no",
		"2026-03-20 - danger=no risk=none functioning=lost phq9=20 missed=4 goals=none coming_from=home next=no",
	}},
	{"step-up", "", []string{
		"2026-01-05 - danger=no risk=none functioning=impaired phq9=16 missed=0 goals=coping coming_from=home next=no",
		"2026-01-19 - danger=no risk=plan functioning=impaired phq9=16 missed=0 goals=coping coming_from=iop next=no",
	}},
	{"step-up-open", "weekly", []string{ // at least IOP, and perhaps more
		"2026-01-05 php danger=no risk=none functioning=impaired phq9=16 missed=0 goals=coping coming_from=home next=no",
		"2026-01-19 - danger=no functioning=impaired phq9=16",
	}},
	{"emergency", "", []string{
		"2026-01-05 iop danger=no risk=none functioning=impaired phq9=16 missed=0 goals=coping coming_from=home next=no",
		"2026-01-19 - danger=yes risk=plan phq9=12",
	}},
	{"emergency-still", "", []string{
		"2026-01-05 - danger=yes risk=plan",
		"2026-01-06 - danger=yes risk=plan",
	}},
	{"undetermined", "", []string{
		"2026-01-05 iop danger=no risk=none functioning=impaired phq9=16 missed=0 goals=coping coming_from=home next=no",
		"2026-02-20 - risk=none phq9=4 next=yes",
	}},
}

// reviewInput makes the review of a course.
func reviewInput(t testing.TB, at string, texts ...string) ReviewInput {
	t.Helper()
	p, ds, err := pack.Load(os.DirFS("testdata"), "review.yaml", pack.LoadOptions{})
	if err != nil || diag.HasErrors(ds) {
		t.Fatal(err, ds)
	}
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	var entries []review.Entry
	for _, text := range texts {
		entries = append(entries, reviewEntry(t, p, text))
	}
	c, problems := review.NewCourse(e, entries, review.CourseOptions{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	v, err := c.Review(review.Options{Present: p.Level(at)})
	if err != nil {
		t.Fatal(err)
	}
	r := e.Recommend(v.Now.Sheet.Answers)
	return ReviewInput{Input{Recommendation: r, Explanation: explain.Explain(e, r), ID: v.Now.Sheet.ID, Date: v.Now.Sheet.Date, Placement: v.Now.Sheet.Placement}, v}
}

func reviewEntry(t testing.TB, p *pack.Pack, text string) review.Entry {
	t.Helper()
	fields := strings.Fields(text)
	s := pack.Sheet{ID: "p-17", Date: fields[0], Answers: p.NewAnswers()}
	if level, date, dated := strings.Cut(fields[1], "@"); level != "-" {
		if !dated {
			date = s.Date
		}
		s.Placement = &pack.Placement{Level: level, By: "nurse", Date: date}
	}
	for _, assignment := range fields[2:] {
		if err := p.Set(s.Answers, assignment); err != nil {
			t.Fatal(err)
		}
	}
	return review.Entry{Name: "/somebody/at/home/" + fields[0] + ".yaml", Sheet: s}
}

func TestReviewReports(t *testing.T) {
	for _, c := range courses {
		t.Run(c.name, func(t *testing.T) {
			in := reviewInput(t, c.at, c.texts...)
			name := "review-" + c.name
			golden(t, name+".txt", rendered(t, func(w io.Writer) error { return ReviewText(w, in, TextOptions{}) }))
			golden(t, name+".md", rendered(t, func(w io.Writer) error { return ReviewMarkdown(w, in) }))
			golden(t, name+".json", rendered(t, func(w io.Writer) error { return ReviewJSON(w, in) }))
			golden(t, name+".html", withoutStyle(rendered(t, func(w io.Writer) error { return ReviewHTML(w, in) })))
		})
	}
	in := reviewInput(t, "", courses[0].texts...)
	golden(t, "review-hold.40.txt", rendered(t, func(w io.Writer) error { return ReviewText(w, in, TextOptions{Width: 40}) }))
	golden(t, "review-hold.120.color.txt", rendered(t, func(w io.Writer) error { return ReviewText(w, in, TextOptions{Width: 120, Color: true}) }))
}

// TestEveryVerdictIsReported guards the list above: each verdict has a course.
func TestEveryVerdictIsReported(t *testing.T) {
	found := map[string]bool{}
	for _, c := range courses {
		found[reviewInput(t, c.at, c.texts...).Review.Verdict.String()] = true
	}
	for _, v := range pack.Verdicts() {
		if !found[v] {
			t.Errorf("no course comes to %s", v)
		}
	}
}

// TestReviewNamesNoFolders: a report is handed on, and where files lie is
// nobody's business.
func TestReviewNamesNoFolders(t *testing.T) {
	in := reviewInput(t, "", courses[0].texts...)
	for name, got := range map[string]string{
		"text": rendered(t, func(w io.Writer) error { return ReviewText(w, in, TextOptions{}) }),
		"json": rendered(t, func(w io.Writer) error { return ReviewJSON(w, in) }),
	} {
		if strings.Contains(got, "somebody") || !strings.Contains(got, "2026-01-05.yaml") {
			t.Errorf("%s names folders, or no files", name)
		}
	}
}

// TestReviewHoldsTheRecommendation: what is within the review is what the
// recommendation's own report gives.
func TestReviewHoldsTheRecommendation(t *testing.T) {
	for _, c := range courses {
		in := reviewInput(t, c.at, c.texts...)
		var outer struct{ Recommendation json.RawMessage }
		if err := json.Unmarshal([]byte(rendered(t, func(w io.Writer) error { return ReviewJSONLine(w, in) })), &outer); err != nil {
			t.Fatal(err)
		}
		want := rendered(t, func(w io.Writer) error { return JSONLine(w, in.Input) })
		if got := string(outer.Recommendation); got != strings.TrimSuffix(want, "\n") {
			t.Errorf("%s: the recommendation within is another one:\n%s\n%s", c.name, got, want)
		}
	}
}

// TestHostileReview: what a pack, an id or a file name says drives no terminal
// and becomes no markup.
func TestHostileReview(t *testing.T) {
	in := reviewInput(t, "", courses[4].texts...)
	hostile := "\x1b[2J<script>*x*\u202e"
	p := in.Recommendation.Pack
	p.Title += hostile
	for _, l := range p.Levels {
		l.Short += hostile
		for _, c := range l.StepDown {
			c.Because += hostile
		}
		for _, s := range l.StepUp {
			s.Because += hostile
		}
		for i := range l.Due {
			l.Due[i].Text += hostile
		}
	}
	for _, q := range p.Questions {
		q.Name += hostile
	}
	for _, a := range in.Review.Course.Assessments {
		a.Name += hostile
		a.Sheet.ID += hostile
	}
	in.Review.Course.Warnings = []review.Problem{{Name: hostile, Message: hostile, Hint: hostile}}
	in.ID = hostile
	for name, render := range map[string]func(io.Writer) error{
		"text": func(w io.Writer) error { return ReviewText(w, in, TextOptions{}) },
		"md":   func(w io.Writer) error { return ReviewMarkdown(w, in) },
		"html": func(w io.Writer) error { return ReviewHTML(w, in) },
	} {
		got := rendered(t, render)
		if strings.ContainsAny(got, "\x1b\u202e") {
			t.Errorf("%s: a control character comes through", name)
		}
		if name == "html" && strings.Contains(got, "<script>") || name == "md" && strings.Contains(strings.ReplaceAll(got, `\<`, ""), "<script>") {
			t.Errorf("%s: markup comes through", name)
		}
	}
}

// TestReviewsOfRandomCourses: whatever the rules and the answers are, all forms
// are written, the JSON can be read, and no emergency is told as less.
func TestReviewsOfRandomCourses(t *testing.T) {
	found := map[review.Verdict]int{}
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 5))
		p := enginetest.Pack(r, enginetest.Size{Questions: 6})
		p.Levels[r.IntN(len(p.Levels))].Emergency = true
		e, err := engine.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		var entries []review.Entry
		for _, date := range []string{"2026-01-05", "2026-01-20", "2026-03-02"} {
			entries = append(entries, review.Entry{Sheet: pack.Sheet{Date: date, Answers: enginetest.Answers(r, p, 70)}})
		}
		c, problems := review.NewCourse(e, entries, review.CourseOptions{})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		v, err := c.Review(review.Options{Present: p.Levels[r.IntN(len(p.Levels))]})
		if err != nil {
			t.Fatal(err)
		}
		found[v.Verdict]++
		rec := e.Recommend(v.Now.Sheet.Answers)
		in := ReviewInput{Input{Recommendation: rec, Explanation: explain.Explain(e, rec), Date: v.Now.Sheet.Date}, v}
		text := rendered(t, func(w io.Writer) error { return ReviewText(w, in, TextOptions{}) })
		if is := rec.Level != nil && rec.Level.Emergency; is != strings.Contains(text, "EMERGENCY: ") {
			t.Errorf("seed %d: an emergency is told as less, or less as an emergency:\n%s", seed, text)
		}
		if !json.Valid([]byte(rendered(t, func(w io.Writer) error { return ReviewJSON(w, in) }))) {
			t.Errorf("seed %d: no JSON", seed)
		}
		rendered(t, func(w io.Writer) error { return ReviewMarkdown(w, in) })
		rendered(t, func(w io.Writer) error { return ReviewHTML(w, in) })
	}
	for v := range pack.Verdicts() {
		if found[review.Verdict(v)] == 0 {
			t.Errorf("no course came to %s", review.Verdict(v))
		}
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestReviewWritesAllOrFails(t *testing.T) {
	in := reviewInput(t, "", courses[0].texts...)
	for name, render := range map[string]func(io.Writer) error{
		"text": func(w io.Writer) error { return ReviewText(w, in, TextOptions{}) },
		"md":   func(w io.Writer) error { return ReviewMarkdown(w, in) },
		"html": func(w io.Writer) error { return ReviewHTML(w, in) },
		"json": func(w io.Writer) error { return ReviewJSON(w, in) },
	} {
		var one, two bytes.Buffer
		if err := render(failing{}); err == nil {
			t.Errorf("%s: a failure to write is passed over", name)
		}
		if err1, err2 := render(&one), render(&two); err1 != nil || err2 != nil || !bytes.Equal(one.Bytes(), two.Bytes()) {
			t.Errorf("%s: the same review gives other bytes", name)
		}
	}
}
