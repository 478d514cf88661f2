package mutate

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// act is how a mutant is brought about in a pack that has been read.
type act uint8

const (
	rewhen   act = iota // another condition
	recourse            // another statement over time
	remove              // the whole criterion or note is gone
	uncourse            // its statement over time is gone
	move                // an indication argues for a neighbouring level
	reload              // the pack is read anew
)

// mutant is one change of the rules' text, before anything is known about it.
type mutant struct {
	site   *site
	act    act
	change Change
	at     *pack.Outline // where
	words  string        // what it does, "at_least impaired → at_least several"
	edits  []edit
	level  string // of move: where to
}

// maker makes the mutants of one site.
type maker struct {
	pack *pack.Pack
	site *site
	act  act
	all  []*mutant
	seen map[string]bool // edited texts, each once
}

// makeMutants makes all mutants of a site. Those that the checker refuses are
// among them.
func makeMutants(p *pack.Pack, files []*file, s *site) []*mutant {
	m := &maker{pack: p, site: s, seen: map[string]bool{}}
	if s.when != nil {
		m.condition(s.when)
	}
	if s.course != nil {
		m.act = recourse
		m.course(s.course)
		m.uncourse()
	}
	if s.sum != nil {
		m.act = reload
		m.sum()
	}
	if s.list != nil {
		m.remove()
	}
	if s.kind == pack.Indication.String() {
		m.levels(files)
	}
	slices.SortStableFunc(m.all, func(a, b *mutant) int { return a.at.Start - b.at.Start })
	return m.all
}

// add keeps a mutant unless it changes nothing, or another has the same text.
func (m *maker) add(c Change, at *pack.Outline, words string, edits ...edit) {
	text := ""
	if m.act == rewhen || m.act == recourse {
		text = m.text(m.part(), edits)
	}
	if text != "" && (m.seen[text] || text == m.text(m.part(), nil)) {
		return
	}
	m.seen[text] = true
	m.all = append(m.all, &mutant{site: m.site, act: m.act, change: c, at: at, words: words, edits: edits})
}

func (m *maker) part() *pack.Outline {
	if m.act == recourse {
		return m.site.course
	}
	return m.site.when
}

// text is an edited part, with what part it is.
func (m *maker) text(part *pack.Outline, edits []edit) string {
	return fmt.Sprint(part.Start) + string(m.site.file.reread(part, edits))
}

// swap replaces one word.
func (m *maker) swap(c Change, at *pack.Outline, by string) {
	m.add(c, at, fmt.Sprintf("%s → %s", m.brief(at), by), m.site.file.replace(at, by))
}

// brief is a part of the text as it is quoted: one line of it, and not all of
// a long one.
func (m *maker) brief(o *pack.Outline) string {
	const most = 60
	text := strings.Join(strings.Fields(m.site.file.text(o)), " ")
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

func (m *maker) condition(o *pack.Outline) {
	if o.Kind == pack.OutlineWord {
		m.negate(o)
		return
	}
	key, value := o.Keys[0], o.Of[0]
	switch key.Value {
	case "all", "any", "none":
		m.joint(o, key, value)
		m.parts(value, m.condition)
	case "at_least":
		m.negate(o)
		m.count(value)
		m.parts(value.Get("of"), m.condition)
	default:
		m.leaf(o, key, value)
	}
}

// joint turns all and any into each other, and any and none, which is how
// either is negated.
func (m *maker) joint(o, key, list *pack.Outline) {
	several := len(list.Of) > 1
	switch {
	case key.Value == "all" && several:
		m.swap(Joint, key, "any")
		m.negate(o)
	case key.Value == "all":
		m.swap(Negated, key, "none")
	case key.Value == "any":
		if several {
			m.swap(Joint, key, "all")
		}
		m.swap(Negated, key, "none")
	default:
		m.swap(Negated, key, "any")
	}
}

func (m *maker) negate(o *pack.Outline) {
	m.add(Negated, o, fmt.Sprintf("%s → none of it", m.brief(o)), m.site.file.negate(o))
}

// parts drops each part of several, and goes on below.
func (m *maker) parts(list *pack.Outline, below func(*pack.Outline)) {
	for i, of := range list.Of {
		if e, ok := m.site.file.drop(list, i); ok {
			m.add(Dropped, of, fmt.Sprintf("without %s", m.brief(of)), e)
		}
		below(of)
	}
}

func (m *maker) count(o *pack.Outline) {
	count := o.Get("count")
	m.steps(Count, count)
}

// steps moves a whole number by one, both ways.
func (m *maker) steps(c Change, at *pack.Outline) {
	var n int
	if at == nil {
		return
	}
	if _, err := fmt.Sscanf(at.Value, "%d", &n); err == nil {
		m.swap(c, at, fmt.Sprint(n-1))
		m.swap(c, at, fmt.Sprint(n+1))
	}
}

// remove takes the whole criterion or note away.
func (m *maker) remove() {
	s, f := m.site, m.site.file
	list, item := s.list, s.list.Of[s.index]
	m.act = remove
	words := "without " + s.id
	switch {
	case list.Flow && len(list.Of) > 1:
		e, _ := f.drop(list, s.index)
		m.add(Removed, s.at, words, e)
	case list.Flow:
		m.add(Removed, s.at, words, f.replace(item, ""))
	default:
		start, end, ok := f.entry(item)
		if ok && len(list.Of) == 1 { // the list must stay one
			m.add(Removed, s.at, words, edit{f, start, end, f.indentOf(item) + "[]\n"})
		} else if ok {
			m.add(Removed, s.at, words, edit{f, start, end, ""})
		}
	}
}

// indentOf is the indentation for what stands in place of a list: deeper than
// any key that may hold it.
func (f *file) indentOf(item *pack.Outline) string { return f.column(item.Start) }

// uncourse takes the statement over time away from what has a condition, too.
func (m *maker) uncourse() {
	s, f := m.site, m.site.file
	item := s.list.Of[s.index]
	if s.when == nil {
		return
	}
	m.act = uncourse
	for i, key := range item.Keys {
		if key.Value != "course" || i == 0 {
			continue
		}
		e := edit{f, item.Of[i-1].End, s.course.End, ""}
		if !item.Flow {
			e = edit{f, f.lineStart(key.Start), f.nextLine(s.course.End - 1), ""}
		}
		m.add(Dropped, key, "without its course", e)
	}
}

// levels moves an indication one level up and one down.
func (m *maker) levels(files []*file) {
	here := m.pack.Level(m.site.level)
	for _, by := range []int{1, -1} {
		if to := here.Index + by; to >= 1 && to < len(m.pack.Levels) {
			m.moveTo(files, m.pack.Levels[to].ID)
		}
	}
}

// moveTo brings an indication to the end of another level's. It is left out
// where the text does not allow it: in brackets, or where the other level has
// none yet.
func (m *maker) moveTo(files []*file, level string) {
	s, f := m.site, m.site.file
	to, list := indicationsOf(files, level)
	start, end, ok := f.entry(s.list.Of[s.index])
	if s.list.Flow || !ok || list == nil || list.Flow || len(list.Of) == 0 {
		return
	}
	last := list.Of[len(list.Of)-1]
	at, ok := to.dash(last)
	_, behind, ok2 := to.entry(last)
	if !ok || !ok2 || len(s.list.Of) == 1 {
		return
	}
	from, _ := f.dash(s.list.Of[s.index])
	by := (at - to.lineStart(at)) - (from - f.lineStart(from))
	text := strings.TrimRight(string(f.data[start:end]), "\r\n") + "\n"
	text = strings.TrimPrefix(shift("\n"+text, by), "\n")
	if behind == len(to.data) && behind > 0 && !bytes.HasSuffix(to.data, []byte("\n")) {
		text = "\n" + text
	}
	m.act = move
	m.add(Moved, s.at, fmt.Sprintf("for %s → for %s", s.level, level), edit{f, start, end, ""}, edit{to, behind, behind, text})
	m.all[len(m.all)-1].level = level
}

// indicationsOf finds the list of a level's indications.
func indicationsOf(files []*file, level string) (*file, *pack.Outline) {
	for _, f := range files {
		levels := f.root.Get("levels")
		if levels == nil {
			continue
		}
		if l := levels.Get(level); l != nil && l.Get("indications") != nil {
			return f, l.Get("indications")
		}
	}
	return nil, nil
}

// sum changes what an answer counts in a score by one.
func (m *maker) sum() {
	for _, term := range m.site.sum.Of {
		if weights := term.Get("weights"); weights != nil {
			for _, w := range weights.Of {
				m.steps(Weight, w)
			}
			continue
		}
		if factor := term.Get("factor"); factor != nil {
			m.steps(Weight, factor)
			continue
		}
		q, f := term.Get("question"), m.site.file
		if term.Flow {
			m.add(Weight, q, "factor: 2", edit{f, q.End, q.End, ", factor: 2"})
		} else {
			m.add(Weight, q, "factor: 2", edit{f, f.lineEnd(q.End), f.lineEnd(q.End), "\n" + f.column(term.Start) + "factor: 2"})
		}
	}
}
