package review

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

// Problem is what is wrong with one assessment of a course, or only to be
// warned of. What is foreign in its texts is cleaned.
type Problem struct {
	Name    string // of the entry; empty where it is about all of them
	Message string // what was found and what is expected: lower case, no full stop
	Hint    string // what to do; may be empty
}

// String returns the name and the message, and the hint in brackets.
func (p Problem) String() string {
	text := p.Message
	if p.Name != "" {
		text = p.Name + ": " + text
	}
	if p.Hint != "" {
		text += " (" + p.Hint + ")"
	}
	return text
}

// checker finds what is wrong with the entries of a course. It goes through
// them in order and through the checks of each, so that what it says is in
// order, too.
type checker struct {
	r       *Reviewer
	opts    CourseOptions
	entries []Entry
	days    []int // of the entries whose date can be read

	problems, warnings []Problem
}

func (k *checker) check() {
	if len(k.entries) == 0 {
		k.problems = append(k.problems, Problem{Message: "there is no assessment; expected at least one"})
	}
	last := -1 // the last entry whose date can be read
	for i := range k.entries {
		k.sheet(i)
		k.version(i)
		k.person(i)
		if k.date(i, last) {
			k.placementBefore(i, last)
			last = i
		}
		k.placement(i)
	}
}

// add reports a problem of an entry, and warn what does not stand in the way.
func (k *checker) add(i int, message, hint string) {
	k.problems = append(k.problems, Problem{k.name(i), message, hint})
}

func (k *checker) warn(i int, message, hint string) {
	k.warnings = append(k.warnings, Problem{k.name(i), message, hint})
}

func (k *checker) name(i int) string {
	if name := k.entries[i].Name; name != "" {
		return diag.Clean(name)
	}
	return "assessment " + strconv.Itoa(i+1)
}

// sheet looks at what makes an assessment none that can be compared.
func (k *checker) sheet(i int) {
	s := &k.entries[i].Sheet
	if s.Draft {
		k.add(i, "is a draft; expected a finished assessment", "go on with the interview, or take draft out of the file if nothing more can be asked")
	}
	if len(s.Answers) != len(k.r.pack.Slots) {
		k.add(i, fmt.Sprintf("has room for %d answers; the rules in use ask for %d", len(s.Answers), len(k.r.pack.Slots)), "")
	}
	if id := s.Pack.ID; id != "" && id != k.r.pack.ID {
		k.add(i, fmt.Sprintf("these are answers to the questions of %s; the rules in use are %s", quote(id), k.r.pack.ID),
			"use the rules that they were made with")
	}
}

// version holds the version of the rules that an assessment was made with
// against that of the rules in use. Where one says nothing there is nothing to
// hold.
func (k *checker) version(i int) {
	made, use := k.entries[i].Sheet.Pack.Version, k.r.pack.Version
	const hint = "use those rules, or take the answers as they are with --any-version"
	refuse := func(message string) {
		if k.opts.AnyVersion {
			k.warn(i, message, "")
		} else {
			k.add(i, message, hint)
		}
	}
	now, ok := parseVersion(use)
	if made == "" || !ok {
		return
	}
	then, ok := parseVersion(made)
	switch {
	case then == now && ok:
		k.edited(i)
	case !ok:
		refuse(fmt.Sprintf("made with version %s of the rules, which cannot be compared with %s, the one in use", quote(made), use))
	case then.compare(now) > 0:
		refuse(fmt.Sprintf("made with version %s of the rules, which is newer than %s, the one in use", made, use))
	case then[0] != now[0]:
		refuse(fmt.Sprintf("made with version %s of the rules; in use is %s, and with another major version the same answers may mean something else", made, use))
	default:
		k.warn(i, fmt.Sprintf("made with version %s of the rules, which is older than %s, the one in use, by which all is judged here", made, use), "")
	}
}

// edited warns of rules that are not the same though their version is.
func (k *checker) edited(i int) {
	made, use := k.entries[i].Sheet.Pack, k.r.pack
	if made.Hash != "" && use.Hash != "" && made.Hash != use.Hash {
		k.warn(i, fmt.Sprintf("made with rules %s that have been edited since, though not their version; all is judged by the ones in use here", use.Version), "")
	}
}

// version is MAJOR, MINOR and PATCH.
type version [3]int

func (v version) compare(w version) int {
	for i := range v {
		if v[i] != w[i] {
			return v[i] - w[i]
		}
	}
	return 0
}

// parseVersion takes what pack files may say, which is three numbers.
func parseVersion(text string) (v version, ok bool) {
	parts := strings.Split(text, ".")
	if len(parts) != len(v) {
		return v, false
	}
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 31)
		if err != nil {
			return v, false
		}
		v[i] = int(n)
	}
	return v, true
}

// person holds the id of an assessment against the first one that there is.
// Without an id nothing speaks against its being the same person's, and nothing
// for it.
func (k *checker) person(i int) {
	id, first := k.entries[i].Sheet.ID, k.firstWithID()
	switch {
	case first < 0 || first == i:
	case id == "":
		k.warn(i, fmt.Sprintf("has no id, so that nothing says that it is of the same person as %s, whose id is %s", k.name(first), quote(k.entries[first].Sheet.ID)), "")
	case id != k.entries[first].Sheet.ID:
		other := k.entries[first].Sheet.ID
		hint := "only assessments of one person can be compared"
		if diag.Near(id, []string{other}) != "" {
			hint = "if it is the same person, write the same id into both; " + hint
		}
		k.add(i, fmt.Sprintf("its id is %s; expected %s, as in %s", quote(id), quote(other), k.name(first)), hint)
	}
}

func (k *checker) firstWithID() int {
	for i := range k.entries {
		if k.entries[i].Sheet.ID != "" {
			return i
		}
	}
	return -1
}

// date reads the date of an entry and holds it against that of an earlier one.
func (k *checker) date(i, last int) (ok bool) {
	date := k.entries[i].Sheet.Date
	if date == "" {
		k.add(i, "has no date; expected the day of the assessment as YYYY-MM-DD", "")
		return false
	}
	if k.days[i], ok = Day(date); !ok {
		k.add(i, fmt.Sprintf("its date is %s; expected a date as YYYY-MM-DD", quote(date)), "")
		return false
	}
	switch {
	case last < 0:
	case k.days[i] == k.days[last]:
		k.add(i, fmt.Sprintf("is of the same day, %s, as %s; expected a later one", date, k.name(last)), "one assessment a day can be compared: put the date right, or leave one out")
	case k.days[i] < k.days[last]:
		k.add(i, fmt.Sprintf("its date is %s; expected a later one than %s, that of %s", date, k.entries[last].Sheet.Date, k.name(last)), "the earliest assessment comes first")
	}
	return true
}

// placement looks at what an entry says of where the person was placed.
func (k *checker) placement(i int) {
	s := &k.entries[i].Sheet
	if s.Placement == nil {
		return
	}
	if k.r.pack.Level(s.Placement.Level) == nil {
		var ids []string
		for _, l := range k.r.pack.Levels {
			ids = append(ids, l.ID)
		}
		hint := ""
		if near := diag.Near(s.Placement.Level, ids); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		k.add(i, fmt.Sprintf("the placement is at %s; expected one of %s", quote(s.Placement.Level), strings.Join(ids, ", ")), hint)
	}
	switch day, ok := Day(s.Placement.Date); {
	case !ok:
		k.add(i, fmt.Sprintf("the date of the placement is %s; expected a date as YYYY-MM-DD", quote(s.Placement.Date)), "")
	case day < k.days[i]:
		k.add(i, fmt.Sprintf("the placement is of %s, before the assessment of %s", s.Placement.Date, s.Date), "")
	}
}

// placementBefore makes sure that the placement of one entry is not of a day
// after the next assessment: nobody could say then where the person was when
// that was made.
func (k *checker) placementBefore(i, last int) {
	if last < 0 {
		return
	}
	at := k.entries[last].Sheet.Placement
	if at == nil || k.days[i] <= k.days[last] {
		return
	}
	if day, ok := Day(at.Date); ok && day > k.days[i] {
		k.add(last, fmt.Sprintf("the placement is of %s, after the next assessment, %s of %s", at.Date, k.name(i), k.entries[i].Sheet.Date),
			"put the date of the placement right: the day on which the care began")
	}
}

// quote returns foreign text in quotes, short enough for a message.
func quote(s string) string {
	const longest = 60
	if runes := []rune(s); len(runes) > longest {
		s = string(runes[:longest]) + "…"
	}
	return strconv.Quote(diag.Clean(s))
}
