package review_test

import (
	"fmt"
	"log"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// engineOfClinic is what a program has that decides on assessments.
func engineOfClinic() *engine.Engine {
	p, problems, err := pack.Load(fstest.MapFS{"clinic.yaml": {Data: []byte(clinic)}}, "clinic.yaml", pack.LoadOptions{})
	if err != nil || diag.HasErrors(problems) {
		log.Fatal(err, problems)
	}
	e, err := engine.Compile(p)
	if err != nil {
		log.Fatal(err)
	}
	return e
}

// assessment is a sheet as it comes out of a file.
func assessment(p *pack.Pack, date string, answers ...string) review.Entry {
	s := pack.Sheet{ID: "4711", Date: date, Answers: p.NewAnswers(), Pack: p.Identity()}
	for _, a := range answers {
		if err := p.Set(s.Answers, a); err != nil {
			log.Fatal(err)
		}
	}
	return review.Entry{Name: date + ".yaml", Sheet: s}
}

// The level that the first assessment came to is taken for the present one,
// since nothing else is recorded. Readiness for less is not there yet: symptoms
// are few for the first time.
func ExampleCourse_Review() {
	e := engineOfClinic()
	p := e.Pack()
	course, problems := review.NewCourse(e, []review.Entry{
		assessment(p, "2026-03-02", "functioning=impaired", "danger=no", "phq9=16"),
		assessment(p, "2026-03-20", "functioning=kept", "danger=no", "phq9=9"),
	}, review.CourseOptions{})
	if problems != nil {
		log.Fatal(problems)
	}
	r, err := course.Review(review.Options{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(r.Present.Level.ID, r.Verdict, r.To.ID)
	not, _ := r.Outstanding()
	for _, f := range not {
		fmt.Println("outstanding:", f.Criterion.Because)
	}
	for _, w := range r.Went {
		fmt.Println("no longer:", w.Because)
	}
	fmt.Println("look again on", review.Date(r.Next.Day))
	// Output:
	// iop hold iop
	// outstanding: Few symptoms, twice.
	// no longer: Daily life suffers.
	// no longer: Many symptoms.
	// look again on 2026-04-03
}

// What is wrong with a course is said in one go.
func ExampleNewCourse() {
	e := engineOfClinic()
	first := assessment(e.Pack(), "2026-03-20", "danger=no")
	second := assessment(e.Pack(), "2026-03-02", "danger=no")
	second.Sheet.ID = "4712"
	_, problems := review.NewCourse(e, []review.Entry{first, second}, review.CourseOptions{})
	for _, p := range problems {
		fmt.Println(p)
	}
	// Output:
	// 2026-03-02.yaml: its id is "4712"; expected "4711", as in 2026-03-20.yaml (if it is the same person, write the same id into both; only assessments of one person can be compared)
	// 2026-03-02.yaml: its date is 2026-03-02; expected a later one than 2026-03-20, that of 2026-03-20.yaml (the earliest assessment comes first)
}

// A history looks at the whole course, and at what a review of each assessment
// would have said.
func ExampleCourse_Until() {
	e := engineOfClinic()
	p := e.Pack()
	course, _ := review.NewCourse(e, []review.Entry{
		assessment(p, "2026-03-02", "functioning=impaired", "danger=no", "phq9=16"),
		assessment(p, "2026-03-20", "functioning=kept", "danger=no", "phq9=8"),
		assessment(p, "2026-04-10", "functioning=kept", "danger=yes", "phq9=14"),
	}, review.CourseOptions{})
	for n := 2; n <= len(course.Assessments); n++ {
		c := course.Until(n)
		r, err := c.Review(review.Options{})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(c.Now().Sheet.Date, r.Verdict)
	}
	for _, m := range course.Measures() {
		for _, point := range m.Points {
			fmt.Println(m.Question.Noun(), point.Assessment.Sheet.Date, point.Total, point.Band.Label)
		}
	}
	// Output:
	// 2026-03-20 step_down
	// 2026-04-10 step_up
	// PHQ-9 2026-03-02 16 Many
	// PHQ-9 2026-03-20 8 Few
	// PHQ-9 2026-04-10 14 Many
}

// Which assessments made a statement about the course true or false.
func ExampleReview_Trace() {
	e := engineOfClinic()
	p := e.Pack()
	course, _ := review.NewCourse(e, []review.Entry{
		assessment(p, "2026-03-02", "functioning=impaired", "danger=no", "phq9=16"),
		assessment(p, "2026-03-20", "functioning=kept", "danger=no", "phq9=9"),
	}, review.CourseOptions{})
	r, err := course.Review(review.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, t := range r.Trace(p.Criterion("iop-down-scores").Course) {
		fmt.Printf("%T is %s\n", t.Statement, t.State)
		for _, l := range t.Looks {
			fmt.Println(" ", l.Assessment.Sheet.Date, l.State)
		}
	}
	// Output:
	// *pack.Held is false
	//   2026-03-20 true
	//   2026-03-02 false
	// *pack.Changed is false
	//   2026-03-02 false
}
