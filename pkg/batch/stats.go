package batch

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
)

// stats count what came of records.
type stats struct {
	rows         int64
	failed       int64
	undetermined int64
	levels       []int64 // by level, of those determined
	criteria     []int64 // by criterion, how often an indication holds
	warnings     []int64 // by note
	mistakes     map[mistake]int64
	counted      map[string]bool // columns whose options were given by number
}

// mistake is a kind of error: the same in the same column.
type mistake struct{ name, code string }

func (s *stats) reset(e *engine.Engine) {
	if s.levels == nil {
		s.levels = make([]int64, len(e.Pack().Levels))
		s.criteria = make([]int64, len(e.Criteria()))
		s.warnings = make([]int64, len(e.Pack().Notes))
		s.mistakes, s.counted = map[mistake]int64{}, map[string]bool{}
	}
	s.rows, s.failed, s.undetermined = 0, 0, 0
	clear(s.levels)
	clear(s.criteria)
	clear(s.warnings)
	clear(s.mistakes)
	clear(s.counted)
}

// addLevels counts a record by its possible levels.
func (s *stats) addLevels(possible uint64) {
	if possible&(possible-1) == 0 {
		s.levels[bits.TrailingZeros64(possible)]++
	} else {
		s.undetermined++
	}
}

func (s *stats) add(t *stats) {
	s.rows += t.rows
	s.failed += t.failed
	s.undetermined += t.undetermined
	s.levels = sum(s.levels, t.levels)
	s.criteria = sum(s.criteria, t.criteria)
	s.warnings = sum(s.warnings, t.warnings)
	if s.mistakes == nil {
		s.mistakes, s.counted = map[mistake]int64{}, map[string]bool{}
	}
	s.addMistakes(t.mistakes)
	for c := range t.counted {
		s.counted[c] = true
	}
}

// maxMistakes bounds how many kinds are told apart, and maxMistakeName their
// names in bytes: the keys of a file that is none of assessments may all be
// different, and memory is not to grow with the file.
const (
	maxMistakes    = 1000
	maxMistakeName = 100
)

// addMistakes goes by name where some have to stay without one, so that the
// same ones do in every run.
func (s *stats) addMistakes(more map[mistake]int64) {
	if len(more) == 0 {
		return
	}
	kinds := slices.SortedFunc(maps.Keys(more), func(a, b mistake) int {
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.code, b.code))
	})
	for _, m := range kinds {
		n := more[m]
		if _, known := s.mistakes[m]; !known && (len(s.mistakes) >= maxMistakes || len(m.name) > maxMistakeName) {
			m.name = ""
		}
		s.mistakes[m] += n
	}
}

func sum(a, b []int64) []int64 {
	if a == nil {
		a = make([]int64, len(b))
	}
	for i, n := range b {
		a[i] += n
	}
	return a
}
