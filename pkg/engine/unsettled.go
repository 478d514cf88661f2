package engine

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Unsettled returns the questions on whose missing answers something that is
// said about a level beside its being recommended still depends: its
// requirements, supports and services, and the notes. They come in the order
// of the interview. A condition that the answers have settled already asks for
// nothing, whatever else it tests.
func (e *Engine) Unsettled(a pack.Answers, level *pack.Level) []*pack.Question {
	j := newJustifier(e, e.clean(a))
	missing := make([]bool, len(e.pack.Slots))
	for _, c := range slices.Concat(level.Requirements, level.Supports) {
		if i, ok := e.index[c]; ok {
			j.markUnsettled(i, missing)
		}
	}
	for i, s := range e.pack.Services {
		if slices.Contains(level.Services, s) {
			j.markUnsettled(len(e.criteria)+i, missing)
		}
	}
	for i := range e.pack.Notes {
		j.markUnsettled(len(e.criteria)+len(e.pack.Services)+i, missing)
	}
	var out []*pack.Question
	for slot, is := range missing {
		if q := e.pack.Slots[slot].Question; is && !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	return out
}

// markUnsettled marks the slots that a rule is unknown for the lack of.
func (j *justifier) markUnsettled(rule int, missing []bool) {
	root := j.e.rules[rule].root
	if root == noNode || j.truths[root] != Unknown {
		return
	}
	j.walk(root, missing)
}
