package compare

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// changes lists what differs between the packs.
func (w *words) changes() {
	w.list("Levels", w.levels())
	w.list("Questions", w.questions())
	w.list("Criteria, and what else has a condition", w.entries())
	w.list("Differences in wording alone", w.rewordings())
	if w.d.SameNumber && !w.d.Same() {
		w.say(fmt.Sprintf("Both packs say that they are version %s. Give the new one another, so that results tell which rules they were made with.", clean(w.d.New.Version)))
	}
	if w.d.Same() {
		w.say("The packs say the same.")
	}
}

func (w *words) levels() []item {
	var out []item
	if w.d.Base {
		out = append(out, item{text: fmt.Sprintf("Changed: the base level is %s, and was %s", levelName(w.d.New.Levels[0]), levelName(w.d.Old.Levels[0]))})
	}
	if w.d.Order {
		out = append(out, item{text: "Changed: the levels are in another order; before: " + levelList(w.d.Old) + "; now: " + levelList(w.d.New)})
	}
	for i := range w.d.Levels {
		if c := &w.d.Levels[i]; c.Decides() {
			out = append(out, levelItem(c))
		}
	}
	return out
}

func levelList(p *pack.Pack) string {
	var out []string
	for _, l := range p.Levels {
		out = append(out, levelName(l))
	}
	return strings.Join(out, " < ")
}

func levelItem(c *LevelChange) item {
	switch {
	case c.Old == nil:
		return item{text: fmt.Sprintf("Added: %s, %s%s", id(c.ID()), levelName(c.New), likeLevel(c, "was"))}
	case c.New == nil:
		return item{text: fmt.Sprintf("Removed: %s, %s%s", id(c.ID()), levelName(c.Old), likeLevel(c, "is now"))}
	}
	var what []string
	say := func(is bool, text string) {
		if is {
			what = append(what, text)
		}
	}
	say(c.Referral && c.New.Referral, "is a referral now")
	say(c.Referral && !c.New.Referral, "is no referral any more")
	say(c.Emergency && c.New.Emergency, "is an emergency now")
	say(c.Emergency && !c.New.Emergency, "is no emergency any more")
	say(len(c.Added) > 0, "also offers "+idList(c.Added))
	say(len(c.Removed) > 0, "no longer offers "+idList(c.Removed))
	say(len(c.Time) > 0, "says something else over time: "+strings.Join(c.Time, ", "))
	return item{text: fmt.Sprintf("Changed: %s %s", levelName(c.New), strings.Join(what, "; "))}
}

func likeLevel(c *LevelChange, verb string) string {
	if c.Like == nil {
		return ""
	}
	return fmt.Sprintf("; perhaps it %s %s: they are treated as two levels", verb, id(c.Like.ID))
}

func idList(ids []string) string {
	var out []string
	for _, s := range ids {
		out = append(out, id(s))
	}
	return strings.Join(out, ", ")
}

// rewordings lists what differs in words alone.
func (w *words) rewordings() []item {
	var out []item
	say := func(what string, texts []string) {
		if len(texts) > 0 {
			out = append(out, item{text: what + ": " + strings.Join(texts, ", ")})
		}
	}
	say("the pack", w.d.Header)
	for i := range w.d.Levels {
		say("level "+id(w.d.Levels[i].ID()), w.d.Levels[i].Texts)
	}
	if w.d.Reordered {
		say("questions", []string{"asked in another order"})
	}
	for i := range w.d.Questions {
		say("question "+id(w.d.Questions[i].ID()), w.d.Questions[i].Texts)
	}
	for i := range w.d.Entries {
		e := &w.d.Entries[i]
		texts := e.Texts
		if e.Meaning == Rewritten {
			texts = append([]string{"condition, which holds for the same answers"}, texts...)
		}
		switch {
		case e.Kind() == Source && e.Old == nil:
			texts = []string{"new"}
		case e.Kind() == Source && e.New == nil:
			texts = []string{"gone"}
		}
		say(e.Kind().String()+" "+id(e.ID()), texts)
	}
	return out
}
