package form

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/interview"
	"github.com/carelevel/carelevel/pkg/pack"
)

// The words that the full screen and the plain prompts share.

const (
	notAssessed = "Not assessed"
	noneOfThese = "None of these"
)

// row is one thing that can be chosen.
type row struct {
	label string
	help  string
	value pack.Value       // an answer
	how   interview.Method // or a way to answer
}

// rowsOf lists the answers of a question in its own order, without those that
// every question has. A number has none.
func rowsOf(p interview.Prompt) []row {
	if p.ChooseMethod {
		return []row{
			{label: "Item by item", help: fmt.Sprintf("%d items, one after the other", len(p.Question.Items)), how: interview.ByItems},
			{label: "The total", help: "Scored elsewhere: " + rangeOf(p.Pack, p.Question), how: interview.ByTotal},
		}
	}
	if p.Item() != nil {
		return optionRows(p.Question.Grades)
	}
	switch p.Question.Kind {
	case pack.YesNo:
		return []row{{label: "Yes", value: 1}, {label: "No", value: 0}}
	case pack.Scale, pack.Choice, pack.Multi:
		return optionRows(p.Question.Options)
	}
	return nil
}

func optionRows(options []pack.Option) []row {
	rows := make([]row, len(options))
	for i, o := range options {
		rows[i] = row{label: oneLine(cmp.Or(o.Label, o.ID)), help: oneLine(o.Help), value: pack.Value(i)}
	}
	return rows
}

// rangeOf says what a number can be: "0 to 30 times".
func rangeOf(p *pack.Pack, q *pack.Question) string {
	from, to := p.FormatAnswer(q.Slot, q.Min), p.FormatAnswer(q.Slot, q.Max)
	return oneLine(strings.TrimSpace(from + " to " + to + " " + q.Unit))
}

// heading is a question in its parts.
type heading struct {
	crumb string // where we are: "Symptoms › PHQ-9, item 3 of 9"
	stem  string // what an item belongs to
	ask   string
	help  string
}

func headingOf(p interview.Prompt) heading {
	q := p.Question
	h := heading{ask: paragraphs(q.Ask), help: paragraphs(q.Help)}
	if q.Section != nil {
		h.crumb = oneLine(q.Section.Title)
	}
	switch it := p.Item(); {
	case it != nil:
		h.crumb += fmt.Sprintf(" › %s, item %d of %d", oneLine(q.Noun()), p.Pack.Slots[p.Slot].Item+1, len(q.Items))
		h.stem, h.ask, h.help = h.ask, paragraphs(it.Text), ""
	case p.ChooseMethod:
		h.crumb += " › " + oneLine(q.Noun())
	case q.Kind == pack.Instrument:
		h.crumb += " › " + oneLine(q.Noun())
		h.ask = "The total of " + oneLine(q.Noun())
	}
	return h
}

// levelName is a level in a word.
func levelName(l *pack.Level) string { return oneLine(cmp.Or(l.Short, l.Title, l.ID)) }

// levelNow is a level in a word, and marked if the person is there now.
func levelNow(l *pack.Level, p interview.Panel) string {
	if l == p.Present {
		return levelName(l) + " (now)"
	}
	return levelName(l)
}

// levelTitle is a level in full.
func levelTitle(l *pack.Level) string { return oneLine(cmp.Or(l.Title, l.Short, l.ID)) }

// possibleLevels lists the levels that are left: "Outpatient, IOP".
func possibleLevels(p interview.Panel) string {
	var names []string
	for _, l := range p.Levels {
		if l.Possible {
			names = append(names, levelNow(l.Level, p))
		}
	}
	return strings.Join(names, ", ")
}

// progress says how far the interview is: "7 asked, at most 12 to go".
func progress(p interview.Panel) string {
	asked := fmt.Sprintf("%d asked", p.Asked)
	switch {
	case p.Remaining == 0:
		return asked
	case p.Detail:
		return asked + ", " + count(p.Remaining, "detail") + " open"
	}
	return fmt.Sprintf("%s, at most %d to go", asked, p.Remaining)
}

// pauseWords says why the interview pauses and what can be done.
type pauseWords struct {
	title  string
	body   string
	finish string
	goOn   string // empty if there is nothing more
}

func wordsOf(p interview.Pause) pauseWords {
	switch p.Reason {
	case interview.Emergency:
		title := levelTitle(p.Level)
		if !strings.Contains(strings.ToLower(title), "emergency") {
			title = "Emergency: " + title
		}
		return pauseWords{title: strings.ToUpper(title), body: paragraphs(p.Level.Action), finish: "Stop here and see the result"}
	case interview.Undetermined:
		w := pauseWords{title: "The level is not determined", finish: "See what is known"}
		w.body = "Still possible: " + possibleLevels(p.Panel) + ". What would decide was not assessed: " + nouns(p.Open) + "."
		if p.More > 0 {
			w.goOn = "Go back to " + those(p.More)
		}
		return w
	}
	w := pauseWords{title: "The level is determined: " + levelTitle(p.Level), finish: "See the result"}
	w.body = "No other answer can change it."
	switch now := p.Panel.Present; {
	case now == nil || now == p.Level:
	case now.Index > p.Level.Index:
		w.body += " The person is at " + levelName(now) + " now; whether to step down yet is in the result."
	default:
		w.body += " The person is at " + levelName(now) + " now: this is more care than that."
	}
	if p.More > 0 {
		w.finish = "See the result now"
		fills := "requirements, services and barriers"
		if p.Panel.Present != nil {
			fills = "what has changed, requirements, services and barriers"
		}
		w.body += fmt.Sprintf(" %s would fill in %s.", count(p.More, "more question"), fills)
		w.goOn = "Answer " + those(p.More)
	}
	return w
}

func those(n int) string {
	if n == 1 {
		return "that question"
	}
	return fmt.Sprintf("those %d questions", n)
}

func nouns(qs []*pack.Question) string {
	names := make([]string, len(qs))
	for i, q := range qs {
		names[i] = oneLine(q.Noun())
	}
	return strings.Join(names, ", ")
}

// mayConfirm reports whether last time's answer may be given again in one step.
func mayConfirm(p interview.Prompt) bool { return p.Last != nil && p.Last.Confirm }

// lastWords say what was answered last time, and what can be done with that;
// empty where there is nothing to say.
func lastWords(p interview.Prompt) string {
	if p.Last == nil || p.Last.Value == pack.Missing {
		return ""
	}
	words := "Last time"
	if p.Last.Date != "" {
		words += " (" + oneLine(p.Last.Date) + ")"
	}
	words += ": " + strings.TrimSuffix(oneLine(p.Pack.AnswerLabel(p.Slot, p.Last.Value)), ".") + "."
	if p.Last.Confirm {
		return words + " Type = to confirm."
	}
	if p.Last.Value.Known() {
		return words + " Answer it afresh."
	}
	return words
}
