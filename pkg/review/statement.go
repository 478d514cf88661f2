package review

import (
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Trace is one of the Held, Seen and Changed that a statement comes down to, and
// which assessments made it so.
type Trace struct {
	Statement pack.Course
	State     engine.Truth
	Looks     []Look // the latest first; empty if there is none to look at
}

// Look is what one assessment says to a statement: of Held and Seen whether the
// condition held, of Changed whether the present answer has changed so much
// against it.
type Look struct {
	Assessment *Assessment
	State      engine.Truth
	Value      pack.Value // of Changed: the answer then; Missing if there is none
}

// Trace returns the statements that one comes down to, in the order of writing.
func (r *Review) Trace(s pack.Course) []Trace {
	var out []Trace
	pack.WalkCourse(s, func(s pack.Course) {
		if _, joint := s.(*pack.EachCourse); joint {
			return
		}
		t := Trace{Statement: s}
		t.State = r.leaf(s, &t.Looks).is
		out = append(out, t)
	})
	return out
}

// Says returns what becomes of a statement about the course of a review, by
// Kleene's logic. Nil, which is no statement, is true.
func (r *Review) Says(s pack.Course) engine.Truth { return r.says(s).is }

// saying is what becomes of a statement, and what could become of it once the
// present answers that are missing are given. What is unknown since there is no
// earlier answer stays so: least and most can be Unknown, too.
type saying struct{ least, is, most engine.Truth }

var (
	never  = saying{engine.False, engine.False, engine.False}
	always = saying{engine.True, engine.True, engine.True}
	past   = saying{engine.Unknown, engine.Unknown, engine.Unknown} // earlier assessments do not show it
	open   = saying{engine.False, engine.Unknown, engine.True}      // the present answers do not
)

func (s saying) and(t saying) saying {
	return saying{min(s.least, t.least), min(s.is, t.is), min(s.most, t.most)}
}

func (s saying) or(t saying) saying {
	return saying{max(s.least, t.least), max(s.is, t.is), max(s.most, t.most)}
}

func (s saying) not() saying {
	return saying{engine.True - s.most, engine.True - s.is, engine.True - s.least}
}

func (r *Review) says(s pack.Course) saying {
	switch s := s.(type) {
	case nil:
		return always
	case *pack.EachCourse:
		return r.each(s)
	}
	return r.leaf(s, nil)
}

func (r *Review) each(s *pack.EachCourse) saying {
	all, any := always, never
	for _, of := range s.Of {
		is := r.says(of)
		all, any = all.and(is), any.or(is)
	}
	switch s.Joint {
	case pack.JointAll:
		return all
	case pack.JointAny:
		return any
	}
	return any.not()
}

// leaf evaluates a statement that is none of others, and writes down where it
// looked unless looks is nil.
func (r *Review) leaf(s pack.Course, looks *[]Look) saying {
	switch s := s.(type) {
	case *pack.Held:
		return r.held(s, looks)
	case *pack.Seen:
		return r.seen(s, looks)
	case *pack.Changed:
		return r.changed(s, looks)
	}
	return past
}

func (r *Review) held(s *pack.Held, looks *[]Look) saying {
	n := r.Now.Index
	state := always
	for i := n; i > n-s.Times; i-- {
		if i < 0 {
			return state.and(past)
		}
		state = state.and(r.look(i, s.When, looks))
	}
	return state
}

func (r *Review) seen(s *pack.Seen, looks *[]Look) saying {
	state := never
	for i := r.Now.Index; i >= 0 && r.within(i, s.WithinDays); i-- {
		state = state.or(r.look(i, s.When, looks))
	}
	return state
}

// within reports whether an assessment belongs to the last days.
func (r *Review) within(i, days int) bool {
	return r.Now.Day-r.Course.Assessments[i].Day <= days
}

func (r *Review) look(i int, when pack.Condition, looks *[]Look) saying {
	state := r.Course.Holds(when, i)
	if looks != nil {
		*looks = append(*looks, Look{r.Course.Assessments[i], state, pack.Missing})
	}
	switch {
	case state != engine.Unknown:
		return saying{state, state, state}
	case i == r.Now.Index:
		return open
	}
	return past
}

// changed compares with one earlier assessment, or with each of the last days.
func (r *Review) changed(s *pack.Changed, looks *[]Look) saying {
	last := r.Before.Index
	switch s.Since {
	case pack.SinceFirst:
		for i := range last + 1 {
			if _, _, known := r.Course.value(s.Slot, i); known {
				return r.against(i, s, looks)
			}
		}
	case pack.SinceLast:
		return r.against(last, s, looks)
	case pack.SinceLevel:
		if r.Stay.Known {
			return r.against(r.Stay.At.Index, s, looks)
		}
	case pack.SinceWithin:
		state, none := never, true
		for i := last; i >= 0 && r.within(i, s.WithinDays); i-- {
			state, none = state.or(r.against(i, s, looks)), false
		}
		if !none {
			return state
		}
	}
	return past // there is nothing to compare with
}

// against compares the present answer with that of an earlier assessment.
func (r *Review) against(i int, s *pack.Changed, looks *[]Look) saying {
	then, _, was := r.Course.value(s.Slot, i)
	now, _, is := r.Course.value(s.Slot, r.Now.Index)
	if !was {
		then = pack.Missing
	}
	q := r.Course.Reviewer.pack.Slots[s.Slot].Question
	higher, ok := worseHigher(q)
	by := now - then
	if higher != s.Worse {
		by = -by
	}
	state := past
	switch {
	case !was || !ok || q.Kind == pack.Multi: // the last two the rule language refuses
	case !is:
		state = open
	case enough(s, by, then):
		state = always
	default:
		state = never
	}
	if looks != nil {
		*looks = append(*looks, Look{r.Course.Assessments[i], state.is, then})
	}
	return state
}

// enough reports whether a change in the direction that is asked for is as large
// as is asked for. A percentage is one of the size of the earlier answer, and
// of nothing any change at all is enough.
func enough(s *pack.Changed, by, then pack.Value) bool {
	if s.Percent > 0 {
		return by > 0 && 100*by >= pack.Value(s.Percent)*max(then, -then)
	}
	return by >= s.By
}
