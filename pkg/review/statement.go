package review

import (
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Says returns what becomes of a statement about the course of a review. Nil is
// true.
func (r *Review) Says(s pack.Course) engine.Truth { panic("being written") }

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
func (r *Review) Trace(s pack.Course) []Trace { panic("being written") }
