package coverage

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// WriteSuggestions writes cases as a file of tests whose expectations are
// comments. What the rules give now stands in them; until somebody has read a
// case and taken the comment signs away, it expects nothing, and the pack does
// not load: a case that nobody has confirmed can never pass. The error is w's.
func (r *Report) WriteSuggestions(w io.Writer, cases []*Suggestion) error {
	b := bufio.NewWriter(w)
	y := &yamlWriter{b, r}
	covers, over := 0, 0
	for _, s := range cases {
		covers += len(s.Covers)
		if s.Placed != nil {
			over++
		}
	}
	fmt.Fprintf(b, "# For %[2]s %[3]s, in %[1]s, what its own cases do not cover: %[4]s.\n", counted(len(cases), "case"), diag.Clean(r.Pack.ID), diag.Clean(r.Pack.Version), counted(covers, "obligation"))
	fmt.Fprint(b, "# Below expect stands what the rules give now, as a comment. Read each case, decide\n# what should come of it, and take the comment signs away from what is right.\n# Until then the case expects nothing, and the pack is refused.\n")
	if over < len(cases) {
		fmt.Fprint(b, "tests:\n")
	}
	for _, s := range cases {
		if s.Placed == nil {
			y.test(s)
		}
	}
	if over > 0 {
		fmt.Fprint(b, "courses:\n")
	}
	for _, s := range cases {
		if s.Placed != nil {
			y.course(s)
		}
	}
	return b.Flush()
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

type yamlWriter struct {
	*bufio.Writer
	*Report
}

func (y *yamlWriter) head(s *Suggestion) {
	fmt.Fprintf(y, "  - name: %s\n", strconv.Quote(diag.Clean(s.Name)))
	for _, o := range s.Covers {
		fmt.Fprintf(y, "    # covers %s: %s\n", place(o.At), diag.Clean(y.Words(o)))
	}
}

func (y *yamlWriter) test(s *Suggestion) {
	y.head(s)
	y.answers(s, "    ")
	fmt.Fprint(y, "    expect:\n")
	for _, line := range y.gives(s) {
		fmt.Fprintf(y, "      # %s\n", line)
	}
}

func (y *yamlWriter) course(s *Suggestion) {
	y.head(s)
	fmt.Fprintf(y, "    steps:\n      - day: 0\n        placed: %s\n", s.Placed.ID)
	y.answers(s, "        ")
	fmt.Fprint(y, "        expect:\n")
	for _, line := range y.gives(s) {
		fmt.Fprintf(y, "          # %s\n", line)
	}
	fmt.Fprintf(y, "      - day: %d\n        review:\n", secondDay)
	r := y.model.reviewOf(s.Answers, s.Placed)
	fmt.Fprintf(y, "          # verdict: %s\n", r.Verdict)
	if r.To != nil {
		fmt.Fprintf(y, "          # to: %s\n", r.To.ID)
	}
	var signs []string
	for _, g := range r.Seen() {
		signs = append(signs, g.Sign.ID)
	}
	if len(signs) > 0 {
		fmt.Fprintf(y, "          # signs: [%s]\n", strings.Join(signs, ", "))
	}
}

// answers writes the profile and what is written over it.
func (y *yamlWriter) answers(s *Suggestion, indent string) {
	if s.Profile != nil {
		fmt.Fprintf(y, "%sprofile: %s\n", indent, s.Profile.ID)
	}
	var lines []string
	for _, line := range strings.Split(string(y.Pack.EncodeAnswers(s.Over)), "\n") {
		if line != "" && line != "{}" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(y, "%sanswers:\n", indent)
	for _, line := range lines {
		fmt.Fprintf(y, "%s  %s\n", indent, line)
	}
}

// gives is what the rules give now of what the case is about.
func (y *yamlWriter) gives(s *Suggestion) []string {
	r := y.model.engine.Recommend(s.Answers)
	lines := []string{"level: " + r.Possible[0].ID}
	if len(r.Possible) > 1 {
		lines[0] = "possible: [" + join(r.Possible, func(l *pack.Level) string { return l.ID }) + "]"
	}
	said := map[string][]string{}
	var requirements []string
	seen := map[*Rule]bool{}
	for _, o := range s.Covers {
		if o.Rule == nil || o.Kind == Sign || seen[o.Rule] {
			continue
		}
		seen[o.Rule] = true
		switch rule := o.Rule; {
		case rule.Criterion != nil:
			if state, shown := shownRequirement(r, rule.Criterion); shown {
				requirements = append(requirements, rule.ID+": "+state)
				break
			}
			y.say(said, "holds", rule, y.model.engine.Findings(s.Answers, []*pack.Criterion{rule.Criterion})[0].State == engine.True)
		case rule.Note != nil:
			y.say(said, "notes", rule, hasNote(r, rule.Note))
		case rule.Service != nil:
			y.say(said, "services", rule, suggested(r, rule.Service))
		}
	}
	for _, key := range []string{"holds", "holds_not"} {
		lines = appendList(lines, key, said[key])
	}
	if len(requirements) > 0 {
		lines = append(lines, "requirements: {"+strings.Join(requirements, ", ")+"}")
	}
	for _, key := range []string{"services", "services_not", "notes", "notes_not"} {
		lines = appendList(lines, key, said[key])
	}
	return lines
}

func (y *yamlWriter) say(said map[string][]string, key string, rule *Rule, is bool) {
	if !is {
		key += "_not"
	}
	said[key] = append(said[key], rule.ID)
}

func appendList(lines []string, key string, ids []string) []string {
	if len(ids) == 0 {
		return lines
	}
	return append(lines, key+": ["+strings.Join(ids, ", ")+"]")
}

func shownRequirement(r *engine.Recommendation, c *pack.Criterion) (state string, shown bool) {
	for _, f := range r.Requirements {
		if f.Criterion == c {
			return [...]string{engine.False: "not_met", engine.Unknown: "unknown", engine.True: "met"}[f.State], true
		}
	}
	return "", false
}

func hasNote(r *engine.Recommendation, n *pack.Note) bool {
	for _, m := range r.Notes {
		if m.Note == n {
			return true
		}
	}
	return false
}

func suggested(r *engine.Recommendation, s *pack.Service) bool {
	for _, o := range r.Services {
		if o.Service == s && o.Suggested {
			return true
		}
	}
	return false
}

func join[T any](all []T, text func(T) string) string {
	words := make([]string, len(all))
	for i, x := range all {
		words[i] = text(x)
	}
	return strings.Join(words, ", ")
}
