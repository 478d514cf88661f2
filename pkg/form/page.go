package form

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/carelevel/carelevel/pkg/interview"
	"github.com/carelevel/carelevel/pkg/pack"
)

// page is one thing on the screen, whatever it is about: a question, a pause,
// or leaving.
type page struct {
	heading
	alarm   bool
	facts   []string // below the help, each with a mark
	last    string   // what was answered last time; empty outside of a review
	problem string
	field   field
	hint    string // below the field
	panel   interview.Panel
	pack    *pack.Pack
	about   []string // what the help screen says beside the page's own words

	canBack, canForward bool

	// What the keys do; nil where a key does nothing. A reply that is nil, too,
	// means that the page stays.
	accept  func() any
	skip    any // not assessed
	confirm any // as last time
	back    any
	forward any
	quit    any
	letters map[string]int // rows that a key goes to
}

// questionPage shows a prompt.
func questionPage(st *styles, p interview.Prompt) *page {
	g := &page{heading: headingOf(p), problem: oneLine(p.Problem), panel: p.Panel, pack: p.Pack,
		canBack: p.CanBack, canForward: p.CanForward, about: aboutQuestion(p),
		back: interview.Reply{Action: interview.Back}, forward: interview.Reply{Action: interview.Forward},
		quit: interview.Reply{Action: interview.Quit}}
	if g.last = lastWords(p); mayConfirm(p) {
		g.confirm = interview.Reply{Action: interview.Confirm}
	}
	rows := rowsOf(p)
	switch {
	case p.ChooseMethod:
		g.chooseMethod(st, p, rows)
	case p.Item() == nil && p.Question.Kind == pack.Multi:
		g.chooseAny(st, p, rows)
	case rows == nil:
		g.enterNumber(st, p)
	default:
		g.chooseOne(st, p, rows)
	}
	return g
}

// chooseOne begins on "not assessed", above the answers: whoever presses Enter
// without looking leaves the question open and gives no answer.
func (g *page) chooseOne(st *styles, p interview.Prompt, rows []row) {
	if p.Item() != nil {
		g.letters = map[string]int{}
		for i := range rows {
			rows[i].label = fmt.Sprintf("%d  %s", i, rows[i].label)
			g.letters[strconv.Itoa(i)] = i + 1
		}
	} else if p.Question.Kind == pack.YesNo {
		g.letters = map[string]int{"y": 1, "n": 2}
	}
	rows = append([]row{{label: notAssessed, value: pack.NotAssessed}}, rows...)
	at := slices.IndexFunc(rows, func(r row) bool { return r.value == p.Value })
	l := newList(st, rows, max(at, 0))
	g.field = l
	g.skip = interview.Reply{Value: pack.NotAssessed}
	g.accept = func() any { return interview.Reply{Value: l.rows[l.cursor].value} }
}

func (g *page) chooseMethod(st *styles, p interview.Prompt, rows []row) {
	rows = append([]row{{label: notAssessed, how: interview.NotUsed}}, rows...)
	at := slices.IndexFunc(rows, func(r row) bool { return r.how == p.Method })
	l := newList(st, rows, max(at, 0))
	g.field = l
	g.skip = interview.Reply{Method: interview.NotUsed}
	g.accept = func() any { return interview.Reply{Method: l.rows[l.cursor].how} }
}

// chooseAny takes an empty choice for what it is: nothing was answered. That
// none of the options apply is an answer of its own.
func (g *page) chooseAny(st *styles, p interview.Prompt, rows []row) {
	rows = append(rows, row{label: noneOfThese})
	selected := make([]bool, len(rows))
	for i := range rows[:len(rows)-1] {
		selected[i] = p.Value.Known() && p.Value&(1<<i) != 0
	}
	selected[len(rows)-1] = p.Value == 0
	c := newChecks(st, rows, selected)
	g.field = c
	g.skip = interview.Reply{Value: pack.NotAssessed}
	g.accept = func() any {
		if c.chosen() == 0 {
			return g.skip
		}
		var mask pack.Value
		for i, is := range c.selected[:len(c.selected)-1] {
			if is {
				mask |= 1 << i
			}
		}
		return interview.Reply{Value: mask}
	}
}

func (g *page) enterNumber(st *styles, p interview.Prompt) {
	text := ""
	if p.Value.Known() {
		text = p.Pack.FormatAnswer(p.Slot, p.Value)
	}
	const longest = 24
	e := newEntry(st, text, "", longest)
	g.field = e
	g.hint = rangeOf(p.Pack, p.Question) + "; leave it empty for not assessed"
	g.accept = func() any {
		v, err := p.Pack.ParseAnswer(p.Slot, e.text)
		if err != nil {
			g.problem = problemOf(err)
			return nil
		}
		if v == pack.Missing {
			v = pack.NotAssessed
		}
		return interview.Reply{Value: v}
	}
}

// problemOf says what is wrong with an answer, without the question's id: that
// question is on the screen.
func problemOf(err error) string {
	if e, ok := err.(*pack.AnswerError); ok {
		short := *e
		short.Question = ""
		return oneLine(short.Error())
	}
	return oneLine(err.Error())
}

// aboutQuestion is what the help screen adds to a question.
func aboutQuestion(p interview.Prompt) []string {
	var out []string
	if s := p.Question.Section; s != nil && s.Help != "" {
		out = append(out, oneLine(s.Title)+": "+oneLine(s.Help))
	}
	for _, r := range rowsOf(p) {
		if r.help != "" {
			out = append(out, r.label+": "+r.help)
		}
	}
	if last := lastWords(p); last != "" {
		out = append(out, last)
	}
	for _, s := range p.Question.Sources {
		out = append(out, "Source: "+oneLine(strings.TrimSpace(s.Title+" "+s.Date)))
	}
	return out
}

func pausePage(st *styles, p interview.Pause) *page {
	w := wordsOf(p)
	g := &page{heading: heading{crumb: "Result", ask: w.title, help: w.body}, alarm: p.Reason == interview.Emergency,
		problem: oneLine(p.Problem), panel: p.Panel, pack: p.Pack, canBack: p.CanBack,
		back: interview.PauseReply{Action: interview.PauseBack}, quit: interview.PauseReply{Action: interview.PauseQuit}}
	if p.Reason != interview.Undetermined {
		for _, c := range p.Panel.Holds {
			if c.Level == p.Level {
				g.facts = append(g.facts, oneLine(c.Because))
			}
		}
	}
	actions := []interview.PauseAction{interview.Finish}
	rows := []row{{label: w.finish}}
	if w.goOn != "" {
		rows, actions = append(rows, row{label: w.goOn}), append(actions, interview.GoOn)
	}
	if p.CanBack {
		rows, actions = append(rows, row{label: "Back to the last answer"}), append(actions, interview.PauseBack)
	}
	l := newList(st, rows, 0)
	g.field = l
	g.accept = func() any { return interview.PauseReply{Action: actions[l.cursor]} }
	return g
}

func leavePage(st *styles, p interview.Leave) *page {
	g := &page{heading: heading{crumb: "Leave", ask: "Leave the interview?"}, problem: oneLine(p.Problem), panel: p.Panel, pack: p.Pack,
		canBack: true, back: interview.LeaveReply{Action: interview.Stay}, quit: interview.LeaveReply{Action: interview.Discard}}
	rows := []row{{label: "Go on with the interview"}}
	replies := []any{g.back}
	other := -1
	switch {
	case p.Answered == 0:
		g.help = "Nothing has been answered yet."
		rows, replies = append(rows, row{label: "Leave"}), append(replies, g.quit)
	case p.Kept != "":
		g.help = fmt.Sprintf("The answers are kept in %s. No result is shown.", oneLine(p.Kept))
		rows, replies = append(rows, row{label: "Leave"}), append(replies, g.quit)
	default:
		g.help = count(p.Answered, "answered question") + ", kept in no file. No result is shown."
		if p.Suggest != "" {
			other = len(rows) + 1
			rows = append(rows, row{label: "Save to " + oneLine(p.Suggest) + " and leave"}, row{label: "Save to another file and leave"})
			replies = append(replies, interview.LeaveReply{Action: interview.Save, File: p.Suggest}, nil)
		}
		rows, replies = append(rows, row{label: "Leave without saving"}), append(replies, g.quit)
	}
	l := newList(st, rows, 0)
	g.field = l
	g.hint = "Ctrl+C again leaves at once."
	g.accept = func() any {
		if l.cursor == other {
			g.nameFile(st)
			return nil
		}
		return replies[l.cursor]
	}
	return g
}

// nameFile turns the page into one that asks for a file's name.
func (g *page) nameFile(st *styles) {
	const longest = 200
	e := newEntry(st, "", "", longest)
	g.field, g.problem, g.hint = e, "", "The name of a new file; Esc goes on with the interview."
	g.accept = func() any {
		name := strings.TrimSpace(e.text)
		if name == "" {
			g.problem = "a file needs a name"
			return nil
		}
		return interview.LeaveReply{Action: interview.Save, File: name}
	}
}
