package report

import "io"

// ReviewSchema names the form of the JSON of a review. Keys are added without a
// new name; none changes its meaning or goes away.
const ReviewSchema = "carelevel.review/1"

// ReviewJSON writes a review for programs, indented by two spaces: an object
// with these keys. Texts are the pack's own, exactly; ids, not labels, stand for
// levels, questions and answers, days are YYYY-MM-DD, lists are never null, and
// what is not there is null.
//
//	schema          "carelevel.review/1"
//	verdict         "step_up", "continue", "step_down", "hold" or "undetermined"
//	outcomes        the verdicts that missing answers leave open; one: the verdict
//	present         {level, since, days, basis, otherwise}: where the person is, since when,
//	                how many days, and where that is known from: "given", "placed",
//	                "recorded" (as recommended then) or "recommended" (as the answers then
//	                give now); otherwise is the level that the record says instead
//	to              where the verdict leads; null if that is open
//	possible        the levels that the present answers can lead to, lowest first
//	exact           false: outcomes and possible may name too much
//	readiness       [{criterion, state, when, course, because, answers, missing, sources}] of
//	                the step-down criteria of the present level: state is "ready", "not_ready"
//	                or "unknown", when and course are "met", "not_met" or "unknown"
//	outstanding     criteria that are not ready, those that are not known included
//	signs           [{sign, state, when, course, because, answers, missing, sources}] for more
//	                care: state is "seen", "not_seen" or "unknown"
//	changed         [{question, from, to, direction}] since the assessment before: "better",
//	                "worse", "other", "new" or "gone"; from and to are null without an answer
//	came, went, open  indications that hold now and did not; did and do not; did, and
//	                missing answers leave it open
//	measures        [{question, points: [{date, total, band, filled}], now, since_first,
//	                since_last, response, remission, milestone, behind, weeks}]: since_… are
//	                {date, from, by, direction, reliable}, milestone {weeks, below}
//	stay            {from, to}: usual days at the present level; or null
//	next_review     {date, days, level, early}, or null
//	due             [{text, level, began, last, came, next, sources}]: last is the day on which
//	                it fell due since the assessment before, came how often
//	gap             {days, latest, over, level}: a follow-up that came late; or null
//	here            levels that the answers say the person is at
//	warnings        [{kind, text, assessment}]: "here", "given" or "record"
//	recommendation  the whole carelevel.recommendation/1 object of the present answers
//	previous        [{file, id, date, level, basis, placed}], the earliest first
func ReviewJSON(w io.Writer, in ReviewInput) error { return writeJSON(w, newReviewedResult(in), "  ") }

// ReviewJSONLine is ReviewJSON on one line.
func ReviewJSONLine(w io.Writer, in ReviewInput) error {
	return writeJSON(w, newReviewedResult(in), "")
}

// reviewedResult is the JSON of a review; the order of its fields is the order of
// the keys.
type reviewedResult struct {
	Schema         string            `json:"schema"`
	Verdict        string            `json:"verdict"`
	Outcomes       []string          `json:"outcomes"`
	Present        presentResult     `json:"present"`
	To             *string           `json:"to"`
	Possible       []string          `json:"possible"`
	Exact          bool              `json:"exact"`
	Readiness      []readinessResult `json:"readiness"`
	Outstanding    []string          `json:"outstanding"`
	Signs          []signSeenResult  `json:"signs"`
	Changed        []changedResult   `json:"changed"`
	Came           []string          `json:"came"`
	Went           []string          `json:"went"`
	Open           []string          `json:"open"`
	Measures       []measureResult   `json:"measures"`
	Stay           *stayResult       `json:"stay"`
	NextReview     *nextResult       `json:"next_review"`
	Due            []dueDateResult   `json:"due"`
	Gap            *gapResult        `json:"gap"`
	Here           []string          `json:"here"`
	Warnings       []courseWarning   `json:"warnings"`
	Recommendation result            `json:"recommendation"`
	Previous       []previousResult  `json:"previous"`
}

type presentResult struct {
	Level     string  `json:"level"`
	Since     *string `json:"since"`
	Days      *int    `json:"days"`
	Basis     string  `json:"basis"`
	Otherwise *string `json:"otherwise"`
}

type readinessResult struct {
	Criterion string   `json:"criterion"`
	State     string   `json:"state"`
	When      string   `json:"when"`
	Course    string   `json:"course"`
	Because   string   `json:"because"`
	Answers   object   `json:"answers"`
	Missing   []string `json:"missing"`
	Sources   []string `json:"sources"`
}

type signSeenResult struct {
	Sign    string   `json:"sign"`
	State   string   `json:"state"`
	When    string   `json:"when"`
	Course  string   `json:"course"`
	Because string   `json:"because"`
	Answers object   `json:"answers"`
	Missing []string `json:"missing"`
	Sources []string `json:"sources"`
}

type changedResult struct {
	Question  string `json:"question"`
	From      any    `json:"from"`
	To        any    `json:"to"`
	Direction string `json:"direction"`
}

type measureResult struct {
	Question   string           `json:"question"`
	Points     []pointResult    `json:"points"`
	Now        *int64           `json:"now"`
	SinceFirst *shiftResult     `json:"since_first"`
	SinceLast  *shiftResult     `json:"since_last"`
	Response   bool             `json:"response"`
	Remission  bool             `json:"remission"`
	Milestone  *milestoneResult `json:"milestone"`
	Behind     bool             `json:"behind"`
	Weeks      int              `json:"weeks"`
}

type pointResult struct {
	Date   string  `json:"date"`
	Total  int64   `json:"total"`
	Band   *string `json:"band"`
	Filled int     `json:"filled"`
}

type shiftResult struct {
	Date      string `json:"date"`
	From      int64  `json:"from"`
	By        int64  `json:"by"`
	Direction string `json:"direction"`
	Reliable  bool   `json:"reliable"`
}

type milestoneResult struct {
	Weeks int   `json:"weeks"`
	Below int64 `json:"below"`
}

type stayResult struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
}

type nextResult struct {
	Date  string `json:"date"`
	Days  int    `json:"days"`
	Level string `json:"level"`
	Early bool   `json:"early"`
}

type dueDateResult struct {
	Text    string   `json:"text"`
	Level   string   `json:"level"`
	Began   *string  `json:"began"`
	Last    *string  `json:"last"`
	Came    int      `json:"came"`
	Next    *string  `json:"next"`
	Sources []string `json:"sources"`
}

type gapResult struct {
	Days   int    `json:"days"`
	Latest int    `json:"latest"`
	Over   int    `json:"over"`
	Level  string `json:"level"`
}

type courseWarning struct {
	Kind       string  `json:"kind"`
	Text       string  `json:"text"`
	Assessment *string `json:"assessment"`
}

type previousResult struct {
	File   string  `json:"file"`
	ID     string  `json:"id"`
	Date   string  `json:"date"`
	Level  *string `json:"level"`
	Basis  string  `json:"basis"`
	Placed bool    `json:"placed"`
}
