package pack

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/carelevel/carelevel/pkg/diag"
)

// Recommended is what was recommended when an assessment was written down, by
// the ids of the pack that was in use then. It is there to be read and compared:
// a recommendation comes from the answers, never from this. Empty lists are nil.
type Recommended struct {
	Levels []string // possible ones, lowest first; a single one is the recommended level

	Indications []string // that held, the most intensive first
	NotMet      []string // requirements of the recommended level; none while it is open which that is
	Unknown     []string // likewise
	Warnings    []string // notes of every kind that applied
}

// Level returns the id of the recommended level, "" while it was undetermined.
func (r *Recommended) Level() string {
	if len(r.Levels) != 1 {
		return ""
	}
	return r.Levels[0]
}

// Placement is the level that was chosen for a person, which is for people to
// decide and not for the rules.
type Placement struct {
	Level  string // its id
	By     string // the role of who decided, in a few words; no names
	Date   string // of the decision, YYYY-MM-DD
	Reason string // why it is not what was recommended, one of PlacementReasons; empty if it is
	Text   string // more about it, free; needed where Reason is "other"
}

// Bounds of what a placement says, in characters.
const (
	maxRole          = 60
	maxPlacementText = 2000
)

// ReasonOther is the reason that needs words of its own.
const ReasonOther = "other"

// PlacementReasons returns what can be said of a placement at another level
// than the recommended one.
func PlacementReasons() []Option {
	return []Option{
		{ID: "not_available", Label: "Not available", Help: "No place, too far, or not covered"},
		{ID: "person_declines", Label: "The person declines", Help: "After the recommendation was explained"},
		{ID: "support_elsewhere", Label: "Support elsewhere", Help: "Other treatment or people do what the level would"},
		{ID: "not_ready", Label: "Not ready for less", Help: "Something that leaving the present level needs is outstanding"},
		{ID: "wants_more", Label: "The person wants more", Help: "More than the criteria call for"},
		{ID: ReasonOther, Label: "Another reason", Help: "Say which"},
	}
}

// ReasonIDs returns the ids of PlacementReasons.
func ReasonIDs() []string {
	var ids []string
	for _, o := range PlacementReasons() {
		ids = append(ids, o.ID)
	}
	return ids
}

// PlacementError says what is wrong with a placement.
type PlacementError struct {
	Field   string // level, by, date, reason or text
	Message string // what was found and what is expected
	Hint    string // may be empty
}

// Error returns the message with the field before it.
func (e *PlacementError) Error() string { return e.Field + ": " + e.Message }

// NeedsReason reports whether a placement at a level has to say why: it is none
// that the answers could lead to. MayHaveReason reports whether it can, which
// it cannot at the recommended level. Without a recommendation to hold it
// against, nil, it can and need not.
func (r *Recommended) NeedsReason(level string) bool {
	return r != nil && !slices.Contains(r.Levels, level)
}

// MayHaveReason: see NeedsReason.
func (r *Recommended) MayHaveReason(level string) bool { return r == nil || r.Level() != level }

// PlacementProblems returns what is wrong with the placement of a sheet beside its
// level, which only the pack can know; nothing if there is none. It may not be
// earlier than the assessment, nor differ from the recommendation in the sheet
// without a reason.
func (s *Sheet) PlacementProblems() []*PlacementError {
	at := s.Placement
	if at == nil {
		return nil
	}
	var all []*PlacementError
	add := func(field, hint, format string, args ...any) {
		all = append(all, &PlacementError{field, fmt.Sprintf(format, args...), hint})
	}
	if problem := roleProblem(at.By); problem != "" {
		add("by", "write a role, such as psychologist; no names", "%s", problem)
	}
	if _, err := time.Parse(time.DateOnly, at.Date); err != nil {
		add("date", "", "found %s; expected a date as YYYY-MM-DD", quoteShort(at.Date))
	} else if at.Date < s.Date {
		add("date", "", "%s is before the assessment of %s", at.Date, s.Date)
	}
	switch rec := s.Recommended; {
	case at.Reason == "" && rec.NeedsReason(at.Level):
		add("reason", "", "%s is not what was recommended (%s), and no reason is given; expected %s", at.Level, strings.Join(rec.Levels, " or "), keyList(ReasonIDs()))
	case at.Reason != "" && !rec.MayHaveReason(at.Level):
		add("reason", "leave the reason out; text can say more", "%s is the recommended level; a reason says why it is another one", at.Level)
	case at.Reason != "" && !slices.Contains(ReasonIDs(), at.Reason):
		add("reason", nearHint(at.Reason, ReasonIDs()), "found %s; expected %s", quoteShort(at.Reason), keyList(ReasonIDs()))
	}
	switch n := utf8.RuneCountInString(at.Text); {
	case at.Reason == ReasonOther && strings.TrimSpace(at.Text) == "":
		add("text", "", "the reason is %s, and nothing says which; expected a text", ReasonOther)
	case n > maxPlacementText:
		add("text", "", "the text has %d characters; expected at most %d", n, maxPlacementText)
	case cleanLines(at.Text) != at.Text:
		add("text", "", "the text holds control or invisible characters")
	}
	return all
}

func roleProblem(role string) string {
	switch n := utf8.RuneCountInString(role); {
	case strings.TrimSpace(role) == "":
		return "nothing says who decided"
	case n > maxRole:
		return fmt.Sprintf("the role has %d characters; expected at most %d", n, maxRole)
	case diag.Clean(role) != role || strings.TrimSpace(role) != role:
		return "the role holds control characters, line breaks or spaces at its ends"
	}
	return ""
}

// encodeRecommended returns the lines of a sheet that say what was recommended.
func encodeRecommended(r *Recommended) string {
	if r == nil {
		return ""
	}
	var b strings.Builder
	b.WriteString("recommendation:\n")
	if level := r.Level(); level != "" {
		fmt.Fprintf(&b, "  status: determined\n  level: %s\n", yamlID(level))
	} else {
		b.WriteString("  status: undetermined\n")
		writeIDs(&b, "possible", r.Levels)
	}
	writeIDs(&b, "indications", r.Indications)
	writeIDs(&b, "requirements_not_met", r.NotMet)
	writeIDs(&b, "requirements_unknown", r.Unknown)
	writeIDs(&b, "warnings", r.Warnings)
	return b.String()
}

// writeIDs writes one id a line, so that a difference of two files shows what
// came and what went.
func writeIDs(b *strings.Builder, key string, ids []string) {
	if len(ids) == 0 {
		return
	}
	fmt.Fprintf(b, "  %s:\n", key)
	for _, id := range ids {
		fmt.Fprintf(b, "    - %s\n", yamlID(id))
	}
}

// encodePlacement returns the lines of a sheet that say what was chosen.
func encodePlacement(at *Placement) string {
	if at == nil {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "placement:\n  level: %s\n  by: %s\n  date: %s\n", yamlID(at.Level), yamlText(at.By), yamlText(at.Date))
	if at.Reason != "" {
		fmt.Fprintf(&b, "  reason: %s\n", yamlID(at.Reason))
	}
	if at.Text != "" {
		fmt.Fprintf(&b, "  text: %s\n", indentMore(yamlNotes(at.Text)))
	}
	return b.String()
}

// indentMore moves the lines after the first one step to the right.
func indentMore(text string) string {
	first, rest, more := strings.Cut(text, "\n")
	if !more {
		return first
	}
	return first + "\n" + indent(rest)
}

// yamlID writes an id bare where every YAML reads it as a word, and else, for
// it may come from another pack's version or a person's hand, in quotes.
func yamlID(id string) string {
	bare := id != "" && id[0] >= 'a' && id[0] <= 'z' && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789_-") == ""
	if !bare {
		return yamlText(id)
	}
	return yamlWord(id)
}
