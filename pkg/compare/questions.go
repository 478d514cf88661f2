package compare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// QuestionChange is a question that one pack asks and the other does not, or
// asks otherwise.
type QuestionChange struct {
	Old, New *pack.Question // nil: it is not asked
	Apart    Apart          // why the two are not one question although they have one id

	// Like is, of a question that only one pack asks, one that only the other
	// asks and that resembles it, and LikeBy what they have in common. They
	// may be one with a new name; they are treated as two.
	Like   *pack.Question
	LikeBy string

	Deciding [2]bool          // an indication tests it
	Only     [2]*Only         // answers that only one of the packs knows
	Renamed  [][2]pack.Option // of these, one of Old and one of New with the same label: perhaps one with a new id
	Aspects  []Aspect         // how else it differs in more than words
	Texts    []string         // which texts differ: "ask", "options"; of one question only
}

// Aspect is something about a question beside its answers.
type Aspect string

// The aspects.
const (
	AspectKind      Aspect = "kind"      // a scale became a choice, or the other way round
	AspectOrder     Aspect = "order"     // of a scale's options, from best to worst
	AspectDirection Aspect = "direction" // which answers are worse
	AspectItems     Aspect = "items"     // only one pack has the instrument's items
	AspectFill      Aspect = "fill"      // which missing items are filled in
	AspectReview    Aspect = "review"    // whether it is asked anew, and what counts as a change
)

// sameLabels pairs options that only one pack has by their labels.
func sameLabels(only [2]*Only) [][2]pack.Option {
	var out [][2]pack.Option
	if only[Old] == nil || only[New] == nil {
		return nil
	}
	for _, o := range only[Old].Options {
		for _, n := range only[New].Options {
			if o.Label != "" && o.Label == n.Label {
				out = append(out, [2]pack.Option{o, n})
			}
		}
	}
	return out
}

// ID returns the question's id.
func (c *QuestionChange) ID() string {
	if c.New != nil {
		return c.New.ID
	}
	return c.Old.ID
}

// Decides reports whether the change is one of more than words.
func (c *QuestionChange) Decides() bool {
	return c.Old == nil || c.New == nil || c.Apart != Together || c.Only != [2]*Only{} || len(c.Aspects) > 0
}

func (c *comparison) questionChanges() []QuestionChange {
	old, new := c.packs[Old], c.packs[New]
	tested := [2]map[*pack.Question]bool{testedBy(old), testedBy(new)}
	onlys := newOnlys(c)
	var out []QuestionChange
	for _, n := range new.Questions {
		o := old.Question(n.ID)
		change := QuestionChange{Old: o, New: n, Deciding: [2]bool{tested[Old][o], tested[New][n]}}
		if o != nil {
			change.Apart = c.joint.apart[n.ID]
			if change.Apart == Together {
				change.Texts = textChanges(questionTexts(o, n), questionTexts(n, o))
				change.Aspects = aspects(o, n)
				change.Only = onlys.find(c.joint.of[New][n])
				change.Renamed = sameLabels(change.Only)
			}
		}
		if change.Decides() || len(change.Texts) > 0 {
			out = append(out, change)
		}
	}
	for _, o := range old.Questions {
		if new.Question(o.ID) == nil {
			out = append(out, QuestionChange{Old: o, Deciding: [2]bool{tested[Old][o], false}})
		}
	}
	likeQuestions(out)
	return out
}

func aspects(o, n *pack.Question) []Aspect {
	var out []Aspect
	note := func(differs bool, a Aspect) {
		if differs {
			out = append(out, a)
		}
	}
	note(o.Kind != n.Kind, AspectKind)
	note(o.Kind == pack.Scale && n.Kind == pack.Scale && reordered(optionIDs(o), optionIDs(n)), AspectOrder)
	note(o.Worse != n.Worse, AspectDirection)
	items := (len(o.Items) == 0) != (len(n.Items) == 0)
	note(items, AspectItems)
	note(!items && (o.Fill.AtMost != n.Fill.AtMost || !slices.Equal(o.Fill.Never, n.Fill.Never)), AspectFill)
	note(o.AskAnew != n.AskAnew || o.ReliableChange != n.ReliableChange || o.Remission != n.Remission || milestones(o) != milestones(n), AspectReview)
	return out
}

func optionIDs(q *pack.Question) []string {
	var out []string
	for _, o := range q.Options {
		out = append(out, o.ID)
	}
	return out
}

// questionTexts are the texts of a question, of its options those that the
// other has, too.
func questionTexts(q, other *pack.Question) []text {
	var items []string
	for _, it := range q.Items {
		items = append(items, it.Text)
	}
	section := ""
	if q.Section != nil {
		section = q.Section.ID
	}
	return []text{{"name", q.Name}, {"ask", q.Ask}, {"help", q.Help}, {"options", labels(q.Options, other.Options)}, {"items", strings.Join(items, between)},
		{"grades", labels(q.Grades, other.Grades)}, {"bands", bands(q.Bands)}, {"section", section}, {"sources", sourceIDs(q.Sources)}}
}

// labels are the texts of the options that are among others, too, in whatever
// order they stand.
func labels(of, others []pack.Option) string {
	var out []string
	for _, o := range of {
		if slices.ContainsFunc(others, func(other pack.Option) bool { return other.ID == o.ID }) {
			out = append(out, o.ID+between+o.Label+between+o.Help)
		}
	}
	slices.Sort(out)
	return strings.Join(out, between+between)
}

func bands(of []pack.Band) string {
	var out []string
	for _, b := range of {
		out = append(out, fmt.Sprint(b.ID, between, b.Label, between, b.From, between, b.To))
	}
	return strings.Join(out, between+between)
}

// likeQuestions pairs each question that is gone with the new one that is most
// like it.
func likeQuestions(all []QuestionChange) {
	for _, by := range []string{"text", "name", "answers", "id"} {
		for i := range all {
			for k := range all {
				o, n := all[i].Old, all[k].New
				if all[i].New != nil || all[k].Old != nil || all[i].Like != nil || all[k].Like != nil || o.Kind != n.Kind {
					continue
				}
				if alike(by, o, n) {
					all[i].Like, all[k].Like = n, o
					all[i].LikeBy, all[k].LikeBy = by, by
				}
			}
		}
	}
}

func alike(by string, o, n *pack.Question) bool {
	switch by {
	case "text":
		return o.Ask != "" && o.Ask == n.Ask
	case "name":
		return o.Name != "" && o.Name == n.Name
	case "answers":
		return len(o.Options) > 1 && slices.Equal(optionIDs(o), optionIDs(n)) || len(o.Items) > 0 && len(o.Items) == len(n.Items) && o.Max == n.Max
	}
	return diag.Near(o.ID, []string{n.ID}) != ""
}
