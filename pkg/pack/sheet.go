package pack

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/carelevel/carelevel/pkg/diag"
)

// SheetSchema is what an assessment in a file calls its form. Keys are added
// without a new name, since a reader that does not know a key refuses the file:
// it can never take half of it for the whole. Only a key that changes its
// meaning calls for one.
const SheetSchema = "carelevel.assessment/1"

// Identity says which rules something was made with.
type Identity struct{ ID, Version, Hash string }

// Identity returns the pack's own.
func (p *Pack) Identity() Identity { return Identity{p.ID, p.Version, p.Hash} }

// Sheet is one person's answers as they stand in a file, with what the file
// says about them. All but the answers may be empty.
type Sheet struct {
	Answers Answers
	ID      string   // of the assessment, chosen by whoever made it
	Date    string   // of the assessment, YYYY-MM-DD
	Notes   string   // free text, never looked at by the rules
	Pack    Identity // of the rules that the questions came from
	Draft   bool     // the interview is not finished

	Recommended *Recommended // when it was written down; nil where the file does not say
	Placement   *Placement   // nil while none is recorded
}

// EncodeSheet returns the sheet as YAML that ReadAnswers reads back to the same
// sheet: what the file says about the answers, and below it the answers as
// EncodeAnswers writes them. Control and invisible characters in its texts are
// spelled out, since ReadAnswers refuses them.
func (p *Pack) EncodeSheet(s Sheet) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "schema: %s\n", SheetSchema)
	if s.ID != "" {
		fmt.Fprintf(&b, "id: %s\n", yamlText(s.ID))
	}
	if s.Date != "" {
		fmt.Fprintf(&b, "date: %s\n", yamlText(s.Date))
	}
	if s.Draft {
		b.WriteString("draft: true\n")
	}
	if s.Pack != (Identity{}) {
		b.WriteString("pack:\n")
		for _, f := range []struct{ key, value string }{{"id", s.Pack.ID}, {"version", s.Pack.Version}, {"hash", s.Pack.Hash}} {
			if f.value != "" {
				fmt.Fprintf(&b, "  %s: %s\n", f.key, yamlText(f.value))
			}
		}
	}
	b.WriteString(encodeRecommended(s.Recommended))
	b.WriteString(encodePlacement(s.Placement))
	if s.Notes != "" {
		fmt.Fprintf(&b, "notes: %s\n", yamlNotes(s.Notes))
	}
	if answers := string(p.EncodeAnswers(s.Answers)); answers == "{}\n" {
		b.WriteString("answers: {}\n")
	} else {
		b.WriteString("answers:\n" + indent(answers))
	}
	return []byte(b.String())
}

// yamlText writes text in double quotes. Go's escapes are YAML's, as long as
// the text is UTF-8, which Clean sees to.
func yamlText(s string) string { return strconv.Quote(diag.Clean(s)) }

// yamlNotes writes plain lines of text as a block, which people can read and
// edit, and all other text in quotes.
func yamlNotes(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = diag.Clean(line)
		edge := i == 0 || i == len(lines)-1
		if line == "" && edge || strings.TrimSpace(line) != line || strings.ContainsFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }) {
			return strconv.Quote(cleanLines(s))
		}
	}
	if len(lines) == 1 {
		return strconv.Quote(lines[0])
	}
	return "|-\n" + strings.TrimSuffix(indent(strings.Join(lines, "\n")+"\n"), "\n")
}

// cleanLines spells out what may not stand in a file, but keeps lines and tabs.
func cleanLines(s string) string {
	var b strings.Builder
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		for j, field := range strings.Split(line, "\t") {
			if j > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(diag.Clean(field))
		}
	}
	return b.String()
}

// indent moves every line that has something in it one step to the right.
func indent(text string) string {
	var b strings.Builder
	for line := range strings.SplitAfterSeq(text, "\n") {
		if strings.Trim(line, "\n") != "" {
			b.WriteString("  ")
		}
		b.WriteString(line)
	}
	return b.String()
}
