package lint

import "github.com/carelevel/carelevel/pkg/pack"

// textKind says how a text of a pack is read.
type textKind int

const (
	sentence textKind = iota // whole sentences: reasons, advice, what a level is
	asking                   // a question, as it is put
	label                    // a title, a name, an answer: stands in a list or within a sentence
	phrase                   // an entry of a list: a sentence or part of one
)

// text is one text of a pack.
type text struct {
	on    thing
	key   string // as it stands in the file
	text  string
	kind  textKind
	when  pack.Condition // what it gives a reason for, or nil
	isWhy bool           // because or otherwise
}

// texts returns every text that people read in a result or a question, in the
// order of the pack. The titles of sources, which are other people's words, are
// none of them, and neither are the items of instruments.
func texts(p *pack.Pack) []text {
	t := &textList{}
	about := thing{p.ID, p.At, "pack"}
	t.add(about, "title", p.Title, label)
	t.add(about, "description", p.Description, sentence)
	t.add(about, "population", p.Population, phrase)
	t.add(about, "intended_use", p.IntendedUse, sentence)
	t.statements(about, "limits", p.Limits, sentence)
	t.questions(p)
	t.levels(p)
	for _, n := range p.Conditions {
		t.add(aboutCondition(n), "title", n.Title, label)
	}
	for _, s := range p.Services {
		t.add(aboutService(s), "title", s.Title, label)
		t.add(aboutService(s), "detail", s.Detail, sentence)
		t.why(aboutService(s), "because", s.Because, s.When)
	}
	for _, s := range p.Scores {
		t.add(aboutScore(s), "title", s.Title, label)
	}
	for _, n := range p.Notes {
		t.why(aboutNote(n), "because", n.Because, n.When)
		t.statements(aboutNote(n), "try", n.Try, phrase)
	}
	for _, g := range p.Guarantees {
		t.why(aboutGuarantee(g), "because", g.Because, g.Whenever)
	}
	return t.all
}

type textList struct{ all []text }

func (t *textList) add(on thing, key, words string, kind textKind) {
	if words != "" {
		t.all = append(t.all, text{on: on, key: key, text: words, kind: kind})
	}
}

func (t *textList) why(on thing, key, words string, when pack.Condition) {
	if words != "" {
		t.all = append(t.all, text{on, key, words, sentence, when, true})
	}
}

func (t *textList) statements(on thing, key string, all []pack.Statement, kind textKind) {
	for _, s := range all {
		t.add(thing{on.id, s.At, on.path + "." + key}, key, s.Text, kind)
	}
}

func (t *textList) questions(p *pack.Pack) {
	for _, s := range p.Sections {
		on := thing{s.ID, s.At, "sections." + s.ID}
		t.add(on, "title", s.Title, label)
		t.add(on, "help", s.Help, sentence)
		for _, q := range s.Questions {
			on := aboutQuestion(q)
			t.add(on, "name", q.Name, label)
			if q.Kind == pack.Instrument {
				t.add(on, "ask", q.Ask, phrase)
			} else {
				t.add(on, "ask", q.Ask, asking)
			}
			t.add(on, "help", q.Help, sentence)
			for _, o := range q.Options {
				at := thing{on.id, o.At, on.path + ".options." + o.ID}
				t.add(at, "label", o.Label, label)
				t.add(at, "help", o.Help, sentence)
			}
		}
	}
}

func (t *textList) levels(p *pack.Pack) {
	for _, level := range p.Levels {
		on := aboutLevel(level)
		t.add(on, "title", level.Title, label)
		t.add(on, "summary", level.Summary, sentence)
		t.add(on, "action", level.Action, sentence)
		t.statements(on, "suits", level.Suits, phrase)
		t.statements(on, "objectives", level.Aims(), phrase)
		t.statements(on, "agree", level.Agree, phrase)
		t.statements(on, "team", level.Team, phrase)
		t.statements(on, "documentation", level.Documentation, phrase)
		for _, d := range level.Due {
			t.add(thing{on.id, d.At, on.path + ".due"}, "text", d.Text, phrase)
		}
		for _, s := range level.StepUp {
			t.why(aboutSign(s), "because", s.Because, s.When)
		}
	}
	for c := range p.Criteria() {
		t.why(aboutCriterion(c), "because", c.Because, c.When)
		t.why(aboutCriterion(c), "otherwise", c.Otherwise, c.When)
	}
}
