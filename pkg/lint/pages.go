package lint

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/carelevel/carelevel/pkg/diag"
)

//go:embed pages.txt
var pagesText string

// Page is what there is to know about one code.
type Page struct {
	Code     string
	Severity diag.Severity
	Group    string // where it comes from: "rules", "answers", …
	Title    string // what is wrong, in a sentence
	Why      string // why it is wrong, and what to do
	Before   string // what gives it, and what does not; empty where it is not a matter of some lines
	After    string
}

// Most runs of the program want none of them.
var pages = sync.OnceValue(func() []*Page { return parsePages(pagesText) })

// Codes returns the pages of all codes of the program, by code. They must not
// be changed.
func Codes() []*Page { return pages() }

// Explain returns the page of a code, or nil.
func Explain(code string) *Page {
	if i := slices.IndexFunc(Codes(), func(p *Page) bool { return p.Code == code }); i >= 0 {
		return Codes()[i]
	}
	return nil
}

func codeNames() []string {
	var names []string
	for _, p := range Codes() {
		names = append(names, p.Code)
	}
	return names
}

// parsePages reads the file of pages: "# group", then for each code "== code",
// or "==? code" for a warning, a line with the title, paragraphs that say why,
// and behind "before:" and "after:" the lines that show it. A page that is
// written wrong is the program's mistake and shows when it starts.
func parsePages(text string) []*Page {
	var all []*Page
	group := ""
	var into *string
	for line := range strings.SplitSeq(text, "\n") {
		mark, code, _ := strings.Cut(line, " ")
		switch {
		case mark == "#":
			group = code
		case mark == "==" || mark == "==?":
			p := &Page{Code: code, Group: group}
			if mark == "==?" {
				p.Severity = diag.Warning
			}
			all, into = append(all, p), nil
		case line == "before:":
			into = &all[len(all)-1].Before
		case line == "after:":
			into = &all[len(all)-1].After
		case len(all) == 0:
		case into != nil:
			*into += line + "\n"
		case all[len(all)-1].Title == "":
			all[len(all)-1].Title = line
		default:
			all[len(all)-1].Why += line + "\n"
		}
	}
	for _, p := range all {
		p.Why, p.Before, p.After = strings.TrimSpace(p.Why), strings.Trim(p.Before, "\n"), strings.Trim(p.After, "\n")
		if p.Title == "" || p.Why == "" {
			panic(fmt.Sprintf("the page of %s is not complete", p.Code))
		}
	}
	slices.SortFunc(all, func(a, b *Page) int { return strings.Compare(a.Code, b.Code) })
	return all
}
