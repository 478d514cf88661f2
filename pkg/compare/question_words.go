package compare

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

func (w *words) questions() []item {
	var out []item
	for i := range w.d.Questions {
		if c := &w.d.Questions[i]; c.Decides() {
			out = append(out, w.question(c))
		}
	}
	return out
}

func (w *words) question(c *QuestionChange) item {
	switch {
	case c.Old == nil:
		return item{text: fmt.Sprintf("Added: %s, %s%s%s", id(c.ID()), quoted(c.New.Ask), canMove(c.Deciding[New]), likeQuestion(c, "was"))}
	case c.New == nil:
		return item{text: fmt.Sprintf("Removed: %s, %s%s%s", id(c.ID()), quoted(c.Old.Ask), canMove(c.Deciding[Old]), likeQuestion(c, "is now"))}
	case c.Apart != Together:
		return item{text: fmt.Sprintf("Changed: %s %s. They are treated as two questions", id(c.ID()), apartWords(c))}
	}
	out := item{text: fmt.Sprintf("Changed: %s, %s", id(c.ID()), quoted(c.New.Ask))}
	for s, only := range c.Only {
		if only != nil {
			out.then = append(out.then, w.only(Side(s), c, only)...)
		}
	}
	for _, r := range c.Renamed {
		out.then = append(out.then, fmt.Sprintf("perhaps %s is now %s: the label is the same. They are treated as two answers", id(r[Old].ID), id(r[New].ID)))
	}
	for _, a := range c.Aspects {
		out.then = append(out.then, aspectWords(a, c))
	}
	return out
}

func quoted(text string) string { return `"` + clean(text) + `"` }

func canMove(deciding bool) string {
	if deciding {
		return ", which can move the level"
	}
	return ", which does not move the level"
}

func likeQuestion(c *QuestionChange, verb string) string {
	if c.Like == nil {
		return ""
	}
	by := map[string]string{"text": "the text is the same", "name": "the name is the same", "answers": "the answers are the same", "id": "the id is much the same"}[c.LikeBy]
	return fmt.Sprintf("; perhaps it %s %s: %s. They are treated as two questions", verb, id(c.Like.ID), by)
}

func apartWords(c *QuestionChange) string {
	o, n := c.Old, c.New
	switch c.Apart {
	case ApartKind:
		return fmt.Sprintf("was %s and is %s", kindWords(o), kindWords(n))
	case ApartUnit:
		return fmt.Sprintf("was a number%s and is one%s", unitWords(o.Unit), unitWords(n.Unit))
	case ApartItems:
		return fmt.Sprintf("was %s and is %s", instrumentWords(o), instrumentWords(n))
	}
	return "has no answer that both packs take"
}

func kindWords(q *pack.Question) string {
	return [...]string{"yes or no", "a scale", "a choice", "a multiple choice", "a number", "an instrument"}[q.Kind]
}

func unitWords(unit string) string {
	if unit == "" {
		return " without a unit"
	}
	return " of " + clean(unit)
}

func instrumentWords(q *pack.Question) string {
	if len(q.Items) == 0 {
		return fmt.Sprintf("a total from %d to %d", q.Min, q.Max)
	}
	return fmt.Sprintf("%s from 0 to %d", countOf(len(q.Items), "item"), len(q.Grades)-1)
}

// only says which answers one pack alone takes, and what it makes of them.
func (w *words) only(s Side, c *QuestionChange, only *Only) []string {
	p := w.d.New
	if s == Old {
		p = w.d.Old
	}
	var out []string
	if only.Finer {
		out = append(out, fmt.Sprintf("only the %v pack takes numbers with more digits after the point; those are not compared", s))
	}
	if only.When == nil {
		return out
	}
	text := fmt.Sprintf("only the %v pack knows the case that %s; combinations with it are not compared", s, clean(p.Describe(only.When)))
	if len(only.Options) > 0 {
		var labels []string
		for _, o := range only.Options {
			labels = append(labels, fmt.Sprintf("%s (%s)", id(o.ID), clean(o.Label)))
		}
		text = fmt.Sprintf("%s only in the %v pack: %s; combinations with %s are not compared", countOf(len(labels), "answer"), s, strings.Join(labels, ", "), itOrThem(len(labels)))
	}
	out = append(out, text)
	if len(only.Levels) == 0 {
		return out
	}
	with := itOrThem(max(1, len(only.Options)))
	if len(only.Levels) == 1 {
		return append(out, fmt.Sprintf("with %s the %v pack always ends at %s", with, s, levelName(only.Levels[0].Level)))
	}
	var levels []string
	for _, l := range only.Levels {
		levels = append(levels, fmt.Sprintf("%s %s", levelName(l.Level), l.Share.words()))
	}
	return append(out, fmt.Sprintf("with %s the %v pack ends at: %s", with, s, strings.Join(levels, ", ")))
}

func itOrThem(n int) string {
	if n == 1 {
		return "it"
	}
	return "them"
}

func aspectWords(a Aspect, c *QuestionChange) string {
	o, n := c.Old, c.New
	switch a {
	case AspectKind:
		return fmt.Sprintf("was %s and is %s", kindWords(o), kindWords(n))
	case AspectOrder:
		return "the answers are in another order, from best to worst"
	case AspectDirection:
		return fmt.Sprintf("%s, and now %s", worseWords(o.Worse), worseWords(n.Worse))
	case AspectItems:
		return fmt.Sprintf("was %s and is %s: compared by the total", instrumentWords(o), instrumentWords(n))
	case AspectFill:
		return fmt.Sprintf("missing items that are filled in: before %s, now %s; combinations without a missing answer do not show it", fillWords(o.Fill), fillWords(n.Fill))
	}
	return "what review makes of it over time differs"
}

func worseWords(w pack.Worse) string {
	return [...]string{"no direction was worse", "higher was worse", "lower was worse"}[w]
}

func fillWords(f pack.Fill) string {
	if f.AtMost == 0 {
		return "none"
	}
	text := fmt.Sprintf("up to %d", f.AtMost)
	if len(f.Never) > 0 {
		var never []string
		for _, i := range f.Never {
			never = append(never, fmt.Sprint(i+1))
		}
		text += ", never item " + strings.Join(never, ", ")
	}
	return text
}
