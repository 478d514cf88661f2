package lint

import (
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// repeats looks for criteria of one level and kind that are the same: because
// they hold for the very same answers, which is proved and not guessed from
// how they are written, or because they give the same reason.
func (l *linter) repeats() {
	for _, level := range l.pack.Levels {
		for _, list := range [][]*pack.Criterion{level.Indications, level.Requirements, level.Supports, level.StepDown} {
			l.sameReasons(list)
			l.sameConditions(list)
		}
	}
}

func (l *linter) sameReasons(list []*pack.Criterion) {
	first := make(map[string]*pack.Criterion)
	for _, c := range list {
		text := plainWords(c.Because + " " + c.Otherwise)
		if before := first[text]; before != nil {
			l.repeat(TextRepeated, c, before, "say what sets it apart", "%s %q gives the same reason as %q")
			continue
		}
		first[text] = c
	}
}

// sameConditions compares conditions as functions of the answers: in one space
// equal functions are the same node. Criteria with a statement over time, and
// those that ask whether something is answered, which no space knows, are not
// compared.
func (l *linter) sameConditions(list []*pack.Criterion) {
	var proper []*pack.Criterion
	var conditions []pack.Condition
	for _, c := range list {
		if c.Course == nil && !asksAnswered(c.When) {
			proper, conditions = append(proper, c), append(conditions, c.When)
		}
	}
	if len(proper) < 2 {
		return
	}
	s, err := space.New(l.pack, space.Options{Conditions: conditions, Nodes: l.budget})
	if err != nil {
		l.tooLarge("whether criteria of "+list[0].Level.ID+" repeat each other", err)
		return
	}
	first := make(map[space.Node]*pack.Criterion)
	for _, c := range proper {
		node := s.Condition(c.When)
		if s.Err() != nil {
			l.tooLarge("whether criteria of "+list[0].Level.ID+" repeat each other", s.Err())
			return
		}
		if before := first[node]; before != nil {
			l.repeat(CriterionRepeated, c, before, "remove one, or say in a single one why it matters", "%s %q holds for the very same answers as %q")
			continue
		}
		first[node] = c
	}
}

func (l *linter) repeat(code string, c, before *pack.Criterion, hint, format string) {
	l.warn(code, aboutCriterion(c), hint, format, c.Kind, c.ID, before.ID)
	l.found[len(l.found)-1].d.Related = []diag.Related{{At: before.At, Message: "the other one"}}
}

func asksAnswered(c pack.Condition) (asks bool) {
	pack.Walk(c, func(c pack.Condition) bool {
		_, is := c.(*pack.Answered)
		asks = asks || is
		return !asks
	})
	return asks
}

// plainWords are the words of a text in small letters, without punctuation.
func plainWords(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789'äöüßéèáóñç", r)
	}), " ")
}
