package compare

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Report is what is said of two packs. Either part may be missing.
type Report struct {
	Difference *Difference
	Rows       *Rows
	RowsName   string // what the rows were read from
	Limit      int    // how many changed rows are listed; 0: none, less: all
	Width      int    // of text, in columns; 80 if it is 0
}

// words writes the parts of a report.
type words struct {
	*doc
	d *Difference
}

func (r Report) doc() *doc {
	w := &words{&doc{}, r.Difference}
	w.title = fmt.Sprintf("Rules %s against %s", packName(w.d.Old), packName(w.d.New))
	if w.d.Old.ID == w.d.New.ID {
		w.title = fmt.Sprintf("Rules %s: version %s against %s", id(w.d.Old.ID), versionName(w.d.Old), versionName(w.d.New))
	}
	if r.Rows != nil {
		w.rows(r)
	}
	w.moves()
	w.changes()
	return w.doc
}

func packName(p *pack.Pack) string { return id(p.ID) + " " + versionName(p) }

// versionName is the version with enough of the hash to tell two apart.
func versionName(p *pack.Pack) string {
	const digits = 12
	hash := strings.TrimPrefix(p.Hash, "sha256:")
	if hash == "" {
		return clean(p.Version)
	}
	return fmt.Sprintf("%s (%s)", clean(p.Version), clean(hash[:min(digits, len(hash))]))
}

// moves is what happens to the combinations of answers.
func (w *words) moves() {
	m := w.d.Moves
	if m == nil {
		w.lead("The combinations of answers cannot be compared: there are too many to tell apart.")
		return
	}
	w.lead(w.verdict(m))
	scope := fmt.Sprintf("Combinations are of the answers to the %s that can move the level%s.", countOf(m.Questions, "question"), w.coverage(m))
	if m.Changed.Sign() == 0 {
		w.say(scope)
		return
	}
	w.say(scope + " In an example, all questions that are not named have their best answer, or their first where none is the best.")
	t := &table{words: 3, head: []string{"", "from", "to", "combinations", "of all", "of those before"}}
	for i := range m.Moves {
		move := &m.Moves[i]
		from, to := twoLevels(move.From, move.To)
		t.rows = append(t.rows, []string{direction(move.Direction), from, to, number(move.Count),
			Share{move.Count, m.Size}.words(), Share{move.Count, m.before(move.From.ID)}.words()})
	}
	w.put(t)
	for i := range m.Moves {
		w.move(m, &m.Moves[i])
	}
	w.levelCounts(m)
}

func (w *words) verdict(m *Moves) string {
	answers := "answers"
	if w.coverage(m) != "" {
		answers = "answers that both packs take"
	}
	if m.Changed.Sign() == 0 {
		return fmt.Sprintf("Not one of %s combinations of %s changes level.", number(m.Size), answers)
	}
	text := fmt.Sprintf("%s of %s combinations of %s change level (%s): %s to a lower one, %s to a higher one", number(m.Changed), number(m.Size), answers,
		Share{m.Changed, m.Size}.words(), number(m.By[Lower]), number(m.By[Higher]))
	if m.By[Aside].Sign() > 0 {
		text += fmt.Sprintf(", %s to one of which the packs do not say which is higher", number(m.By[Aside]))
	}
	return text + "."
}

func (w *words) coverage(m *Moves) string {
	var out []string
	for s, name := range []string{"the old", "the new"} {
		if c := m.Covers[s]; c.Part.Cmp(c.Whole) != 0 {
			out = append(out, fmt.Sprintf("%s of %s pack's", c.words(), name))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return ", and of those that both packs take: " + strings.Join(out, ", ")
}

// before is how many combinations ended at a level of Old.
func (m *Moves) before(id string) *big.Int {
	for _, l := range m.Levels {
		if l.ID == id {
			return l.In[Old]
		}
	}
	return new(big.Int)
}

func direction(d Direction) string { return [...]string{"lower", "other", "higher"}[d] }

// levelName is how a level is called in a table.
func levelName(l *pack.Level) string {
	for _, name := range []string{l.Short, l.Title} {
		if name != "" {
			return clean(name)
		}
	}
	return id(l.ID)
}

// twoLevels names two levels so that they can be told apart.
func twoLevels(a, b *pack.Level) (string, string) {
	x, y := levelName(a), levelName(b)
	if x == y && a.ID != b.ID {
		return x + " (" + id(a.ID) + ")", y + " (" + id(b.ID) + ")"
	}
	return x, y
}

// move is the example of a move, and its causes.
func (w *words) move(m *Moves, move *Move) {
	from, to := twoLevels(move.From, move.To)
	w.head(fmt.Sprintf("%s: %s to %s", capital(direction(move.Direction)), from, to))
	items := []item{{text: "Smallest example: " + w.example(&move.Example)}}
	var reasons []string
	for i := range move.Example.Reasons {
		reasons = append(reasons, w.reason(&move.Example.Reasons[i]))
	}
	if len(reasons) == 0 {
		reasons = []string{"No criterion makes the difference, but the levels themselves do: their names or their order."}
	}
	items[0].then = reasons
	if n := len(move.Causes); n > 1 || n == 1 && move.Causes[0].Count.Cmp(move.Count) != 0 {
		items = append(items, item{text: "Over all of them: " + w.causes(move)})
	}
	w.list("", items)
}

func (w *words) example(e *Example) string {
	var out []string
	for _, s := range e.Stands {
		p := w.d.New
		if s.Side == Old {
			p = w.d.Old
		}
		text := fmt.Sprintf("%s: %s", slotName(p, s.Slot), clean(p.AnswerLabel(s.Slot, s.Value)))
		if s.Only {
			text += fmt.Sprintf(" (asked only by the %v pack)", s.Side)
		}
		out = append(out, text)
	}
	switch {
	case len(out) == 0:
		return "every question answered at its best."
	case e.Others == 0:
		return strings.Join(out, "; ") + "."
	}
	return fmt.Sprintf("%s; %s at %s best.", strings.Join(out, "; "), others(e.Others), its(e.Others))
}

func others(n int) string {
	if n == 1 {
		return "the other question"
	}
	return fmt.Sprintf("the other %d questions", n)
}

func its(n int) string {
	if n == 1 {
		return "its"
	}
	return "their"
}

// slotName is what a question or an item is called.
func slotName(p *pack.Pack, slot int) string {
	s := p.Slots[slot]
	switch {
	case s.IsItem():
		return fmt.Sprintf("%s item %d", clean(s.Question.Noun()), s.Item+1)
	case s.Question.Kind == pack.Instrument:
		return clean(s.Question.Noun()) + " total"
	}
	return clean(s.Question.Noun())
}

// most is how many criteria are named in one sentence.
const most = 6

func (w *words) causes(move *Move) string {
	var out []string
	for i := range move.Causes {
		if i == most {
			out = append(out, fmt.Sprintf("and %d more", len(move.Causes)-most))
			break
		}
		c := &move.Causes[i]
		out = append(out, fmt.Sprintf("%s in %s", causeName(c), w.among(c.Count, move.Count)))
	}
	return strings.Join(out, "; ") + "."
}

func causeName(c *Cause) string {
	if c.Levels() {
		return "the levels themselves"
	}
	return id(c.ID)
}

func (w *words) among(part, whole *big.Int) string {
	if part.Cmp(whole) == 0 {
		return "all"
	}
	return fmt.Sprintf("%s (%s)", number(part), Share{part, whole}.words())
}

func (w *words) levelCounts(m *Moves) {
	t := &table{words: 1, head: []string{"level", "combinations before", "now"}}
	for _, l := range m.Levels {
		row := []string{w.levelByID(l.ID, l.In[Old] == nil || l.In[New] == nil)}
		for _, n := range l.In {
			if n == nil {
				row = append(row, "no such level")
			} else {
				row = append(row, number(n))
			}
		}
		t.rows = append(t.rows, row)
	}
	w.put(t)
}

// levelByID names a level, with its id if only one of the packs has it.
func (w *words) levelByID(name string, only bool) string {
	for _, p := range []*pack.Pack{w.d.New, w.d.Old} {
		if l := p.Level(name); l != nil {
			if only {
				return levelName(l) + " (" + id(name) + ")"
			}
			return levelName(l)
		}
	}
	return id(name)
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
