package review

import "github.com/carelevel/carelevel/pkg/pack"

// Stay is how long the person has been at the present level.
type Stay struct {
	// Known says that the earlier assessments tell when the level began.
	Known bool
	Began int         // the day: of the placement, else of the assessment
	At    *Assessment // of the course, with which it began
	Days  int         // from Began to the present assessment

	// Open says that after an assessment in between nothing tells where the
	// person was; the stay is counted through it.
	Open bool

	Usual pack.Range // days; the level's; may be zero
}

// stay goes back from the last earlier assessment to where the present level
// began. An assessment after which nothing tells the level ends no stay: what
// falls due would else come too late.
func (r *Review) stay() {
	level := r.Present.Level
	r.Stay.Usual = level.Care.StayDays
	open := false
	for i := r.Before.Index; i >= 0; i-- {
		a := r.Course.Assessments[i]
		if a.Level == nil {
			open = true
			continue
		}
		if a.Level != level {
			break
		}
		r.Stay.Known, r.Stay.At, r.Stay.Open = true, a, open
	}
	if !r.Stay.Known {
		return
	}
	r.Stay.Began = r.Stay.At.began()
	r.Stay.Days = r.Now.Day - r.Stay.Began
}

// began is the day from which on the person was at the assessment's level.
func (a *Assessment) began() int {
	if a.Origin == OriginPlaced {
		if day, ok := Day(a.Sheet.Placement.Date); ok {
			return day
		}
	}
	return a.Day
}

// Gap is a follow-up that came later than the level asks for. There is none at a
// level that is a referral: what it looks at day by day is written elsewhere.
type Gap struct {
	Days   int         // since the assessment before
	Latest int         // days after which a review was due at the latest
	Over   int         // Days less Latest, above 0
	Level  *pack.Level // whose review days they are: where the person was since then
}

// Next is when to look again.
type Next struct {
	Level *pack.Level // whose review days they are
	Days  int         // from the present assessment
	Day   int

	// Early says that it is at the early end of the level's review days, where
	// they have two: a sign is seen, the person is held, or it is open where to.
	Early bool
}

// DueDate is something to be written or signed, and when.
type DueDate struct {
	Due   *pack.Due
	Level *pack.Level
	Known bool // whether it is known when the level began, from which all is counted
	Began int  // that day

	// Came says how often it fell due since the assessment before and before
	// the present one, and Last the latest of these days. Nothing says whether
	// it was done.
	Came, Last int

	// Ends says that the level ends now, and Next otherwise the day on which it
	// is due next, which is the present one or a later one.
	Ends bool
	Next int
}

// dates reckons everything that goes by days.
func (r *Review) dates() {
	r.Gap = r.gap()
	r.Next = r.next()
	stays := r.To == nil || r.To == r.Present.Level
	level := r.Present.Level
	for i := range level.Due {
		d := DueDate{Due: &level.Due[i], Level: level, Known: r.Stay.Known, Began: r.Stay.Began, Ends: !stays}
		d.reckon(r.Before.Day, r.Now.Day)
		r.Due = append(r.Due, d)
	}
	for i := 0; !stays && i < len(r.To.Due); i++ {
		d := DueDate{Due: &r.To.Due[i], Level: r.To, Known: true, Began: r.Now.Day}
		d.reckon(r.Now.Day, r.Now.Day)
		r.Due = append(r.Due, d)
	}
}

func (r *Review) gap() *Gap {
	level := r.Before.Level
	if level == nil {
		level = r.Present.Level
	}
	g := &Gap{Days: r.Now.Day - r.Before.Day, Latest: int(level.Care.ReviewDays.To), Level: level}
	if g.Over = g.Days - g.Latest; level.Referral || g.Latest <= 0 || g.Over <= 0 {
		return nil
	}
	return g
}

func (r *Review) next() *Next {
	n := &Next{Level: r.To}
	if r.To == nil {
		n.Level = r.Present.Level
	}
	span := n.Level.Care.ReviewDays
	if span.To < 1 {
		return nil
	}
	n.Days = int(span.To)
	soon := r.Verdict == Hold || r.Verdict == Undetermined || len(r.Seen()) > 0
	if early := int(span.From); soon && early > 0 && early < n.Days {
		n.Days, n.Early = early, true
	}
	n.Day = r.Now.Day + n.Days
	return n
}

// reckon finds the days between that of the assessment before and the present
// one, both left out, and the first one from the present one on.
func (d *DueDate) reckon(before, now int) {
	first, every := d.Due.First, d.Due.Every
	if first <= 0 {
		first = every
	}
	if !d.Known || every <= 0 {
		d.Known = false
		return
	}
	first += d.Began
	upTo := func(day int) int { // how often up to and on that day
		if day < first {
			return 0
		}
		return (day-first)/every + 1
	}
	past := upTo(now - 1)
	if d.Came = past - upTo(before); d.Came > 0 {
		d.Last = first + (past-1)*every
	} else {
		d.Came = 0
	}
	if !d.Ends {
		d.Next = first + past*every
	}
}
