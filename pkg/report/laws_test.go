package report

import (
	"encoding/json"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/google/go-cmp/cmp"
)

// said lists what a document says, in order.
func said(d *document) []string {
	out := []string{d.Label, d.Name}
	lines := func(ls []line) {
		for _, l := range ls {
			out = append(out, l.Text)
		}
	}
	facts := func(fs []fact) {
		for _, f := range fs {
			out = append(out, f.Label, f.Value.Text)
		}
	}
	lines(d.Lead)
	facts(d.Glance)
	for _, s := range slices.Concat(d.Core, d.Details) {
		out = append(out, s.Title)
		for _, p := range s.Parts {
			out = append(out, p.Head)
			lines(p.Lines)
			for _, it := range p.Items {
				text, _ := it.Body()
				out = append(out, it.Word, text)
				facts(it.Basis)
				out = append(append(out, it.Wants...), it.ID)
				facts(it.Then)
			}
			facts(p.Facts)
			out = append(out, p.Intro)
			for _, f := range p.Flow {
				out = append(out, f.Label, f.Text.Text)
				facts(f.Basis)
				out = append(out, f.ID)
			}
			out = append(out, p.Waits...)
			lines(p.After)
		}
	}
	for _, c := range d.Sources {
		out = append(out, c.Title, c.URL)
	}
	return append(out, d.Rules, d.Footer)
}

var (
	tag       = regexp.MustCompile(`<[^>]*>`)
	escaped   = regexp.MustCompile(`\\([[:punct:]])`)
	colorCode = regexp.MustCompile("\x1b\\[[0-9;]*m")
)

// TestRenderingsAgree holds every form against the document: all of it is
// there, in the same order.
func TestRenderingsAgree(t *testing.T) {
	for _, c := range cases {
		in := input(t, clinic(t), c.name, c.answers)
		page := withoutStyle(rendered(t, func(w io.Writer) error { return HTML(w, in) }))
		_, body, _ := strings.Cut(page, "<body")
		note := rendered(t, func(w io.Writer) error { return Markdown(w, in) })
		for form, got := range map[string]string{
			"html":     html.UnescapeString(tag.ReplaceAllString(body, " ")),
			"markdown": escaped.ReplaceAllString(note, "$1"),
		} {
			t.Run(c.name+"/"+form, func(t *testing.T) { inOrder(t, got, said(build(in))) })
		}
		t.Run(c.name+"/text", func(t *testing.T) {
			// A table breaks names and values beside each other, so a wide one is read.
			got := newTexter(TextOptions{})
			got.width = 10000
			got.document(build(in))
			inOrder(t, got.b.String(), said(build(in)))
		})
	}
}

func inOrder(t *testing.T, got string, want []string) {
	t.Helper()
	rest := strings.ToLower(strings.Join(strings.Fields(got), ""))
	for _, w := range want {
		w = strings.ToLower(strings.Join(strings.Fields(w), ""))
		_, after, found := strings.Cut(rest, w)
		if !found {
			t.Fatalf("%q is missing, or comes too early", w)
		}
		rest = after
	}
}

func TestNoLineIsTooLong(t *testing.T) {
	for _, c := range cases {
		in := input(t, clinic(t), c.name, c.answers)
		for _, w := range []int{minWidth, 41, 47, 59, 60, 61, 79, defaultWidth, 97, maxWidth} {
			for l := range strings.Lines(text(t, in, TextOptions{Width: w})) {
				l = strings.TrimSuffix(l, "\n")
				if width(l) > w && !isAddress(strings.TrimSpace(l)) {
					t.Fatalf("%s: %d columns in a line of %d: %q", c.name, width(l), w, l)
				}
			}
		}
	}
}

func TestWidthsAreBroughtIntoRange(t *testing.T) {
	for given, want := range map[int]int{0: 80, -5: 40, 7: 40, 40: 40, 93: 93, 500: 120} {
		if got := (TextOptions{Width: given}).width(); got != want {
			t.Errorf("width %d: got %d, want %d", given, got, want)
		}
	}
}

// TestColorSaysNothing: what colour says is said without it, too.
func TestColorSaysNothing(t *testing.T) {
	for _, c := range cases {
		in := input(t, clinic(t), c.name, c.answers)
		without := text(t, in, TextOptions{})
		if strings.Contains(without, "\x1b") {
			t.Errorf("%s: an escape although no colour was asked for", c.name)
		}
		with := text(t, in, TextOptions{Color: true})
		var stripped []string
		for l := range strings.Lines(colorCode.ReplaceAllString(with, "")) {
			stripped = append(stripped, strings.TrimRight(l, " \n"))
		}
		if d := cmp.Diff(strings.TrimRight(without, "\n"), strings.Join(stripped, "\n")); d != "" {
			t.Errorf("%s: colour changes the text:\n%s", c.name, d)
		}
	}
}

// TestUndeterminedLooksLikeNoRecommendation: no form puts a single level into
// its headline, or says what to do at one.
func TestUndeterminedLooksLikeNoRecommendation(t *testing.T) {
	for _, name := range []string{"undetermined", "nothing"} {
		in := inputOf(t, name)
		for form, got := range map[string]string{
			"text":     text(t, in, TextOptions{}),
			"markdown": rendered(t, func(w io.Writer) error { return Markdown(w, in) }),
			"html":     withoutStyle(rendered(t, func(w io.Writer) error { return HTML(w, in) })),
		} {
			if strings.Contains(got, "Recommendation") || strings.Contains(got, "(recommended)") || strings.Contains(got, "●") {
				t.Errorf("%s as %s looks like a recommendation", name, form)
			}
			for _, l := range in.Recommendation.Possible {
				for _, action := range paragraphs(l.Action) {
					if strings.Contains(got, action.Text) {
						t.Errorf("%s as %s says what to do at %s", name, form, l.ID)
					}
				}
			}
		}
	}
}

func TestWithoutExplanation(t *testing.T) {
	in := inputOf(t, "iop")
	in.Explanation, in.ID, in.Date = nil, "", ""
	for form, got := range map[string]string{
		"text": text(t, in, TextOptions{}),
		"json": rendered(t, func(w io.Writer) error { return JSON(w, in) }),
		"html": rendered(t, func(w io.Writer) error { return HTML(w, in) }),
	} {
		if !strings.Contains(got, "iop-monitoring") || strings.Contains(got, "What would change it") {
			t.Errorf("%s:\n%s", form, got)
		}
	}
}

// hostile are strings that somebody could put into a pack or an answer.
var hostile = []string{
	"\x1b]0;owned\x07\x1b[2J",
	"\u202egnp.exe\u2066",
	"<script>alert(1)</script>",
	`"><img src=x onerror=alert(1)>`,
	"[click](javascript:alert(1)) ![x](http://example.org/x.png)",
	"# heading\n- list\n| a | b |",
	"=HYPERLINK(\"http://example.org\")",
	"`code` **bold** _it_ &lt; {{.}} www.example.org a@example.org",
	"a\u0000b\u009b31m",
	"\xff\xfe",
}

// poisoned is the clinic with a hostile string at the end of all its texts.
func poisoned(t testing.TB, s string) *pack.Pack {
	p := clinic(t)
	for _, text := range []*string{&p.Title, &p.Description, &p.Population, &p.IntendedUse, &p.Limits[0].Text, &p.Version, &p.Hash} {
		*text = s + *text
	}
	for _, x := range p.Sections {
		x.Title = s + x.Title
	}
	for _, q := range p.Questions {
		q.Ask, q.Name, q.Help, q.Unit = s+q.Ask, s+q.Name, s, s
		for i := range q.Options {
			q.Options[i].Label = s + q.Options[i].Label
		}
		for i := range q.Items {
			q.Items[i].Text = s + q.Items[i].Text
		}
	}
	for _, x := range p.Sources {
		x.Title, x.URL, x.Note, x.Date = s+x.Title, s+x.URL, s, s
	}
	for _, x := range p.Services {
		x.Title, x.Detail, x.Because = s+x.Title, s, s
	}
	for _, n := range p.Notes {
		n.Because, n.ID = s+n.Because, n.ID+s
	}
	for _, l := range p.Levels {
		l.Title, l.Short, l.Summary, l.Action, l.Care.Setting = s+l.Title, s+l.Short, s, s, s
	}
	for c := range p.Criteria() {
		c.Because, c.Otherwise = s+c.Because, s
	}
	return p
}

func TestHostileTexts(t *testing.T) {
	for _, s := range hostile {
		p := poisoned(t, s)
		for _, c := range cases {
			in := input(t, p, c.name, c.answers)
			in.ID, in.Date = s, s
			safeTerminal(t, text(t, in, TextOptions{Width: 60}))
			safeMarkdown(t, rendered(t, func(w io.Writer) error { return Markdown(w, in) }))
			safePage(t, rendered(t, func(w io.Writer) error { return HTML(w, in) }))
			if got := rendered(t, func(w io.Writer) error { return JSON(w, in) }); !json.Valid([]byte(got)) {
				t.Errorf("no JSON: %q", got)
			}
		}
		safeTerminal(t, rendered(t, func(w io.Writer) error { return LevelsText(w, p, p.Levels, TextOptions{}) }))
		safeMarkdown(t, rendered(t, func(w io.Writer) error { return LevelsMarkdown(w, p, p.Levels) }))
		safeTerminal(t, rendered(t, func(w io.Writer) error { return PackText(w, p, TextOptions{}) }))
		safeTerminal(t, rendered(t, func(w io.Writer) error { return PackList(w, []*pack.Pack{p}, TextOptions{}) }))
	}
}

func safeTerminal(t *testing.T, got string) {
	t.Helper()
	for _, r := range strings.ReplaceAll(got, "\n", "") {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == '\ufffd' {
			t.Fatalf("%U reaches the terminal:\n%q", r, got)
		}
	}
}

// safeMarkdown looks for the beginnings of markup that is not escaped.
func safeMarkdown(t *testing.T, got string) {
	t.Helper()
	safeTerminal(t, got)
	links := regexp.MustCompile(`<https?://[^<>\s|]+>`)
	plain := regexp.MustCompile(`\\.`).ReplaceAllString(links.ReplaceAllString(got, ""), "")
	for _, markup := range []string{"](", "<script", "<img", "![", "`code`", "**bold**", " _it_", "://", "www.", "a@e", "&lt;"} {
		if strings.Contains(plain, markup) {
			t.Fatalf("%q became markup:\n%s", markup, got)
		}
	}
}

// safePage allows the tags of the template only, and addresses only of the web.
func safePage(t *testing.T, got string) {
	t.Helper()
	safeTerminal(t, got)
	for _, bad := range []string{"<script", "<img", "onerror=alert(1)>\"", "href=\"javascript", "ZgotmplZ"} {
		if strings.Contains(strings.ToLower(got), bad) {
			t.Fatalf("%q stands in the page", bad)
		}
	}
	if n := strings.Count(got, "<a "); n != strings.Count(got, `<a href="http`) {
		t.Fatalf("a link that is no web address")
	}
}

func TestEscape(t *testing.T) {
	for in, want := range map[string]string{
		"plain text, with (this).":     "plain text, with (this).",
		"not_met stays, _this_ not":    `not_met stays, \_this\_ not`,
		"# 1":                          `\# 1`,
		"a # b":                        "a # b",
		"- a":                          `\- a`,
		"1. first":                     `1\. first`,
		"12) x":                        `12\) x`,
		"version 1.2":                  "version 1.2",
		"a|b":                          `a\|b`,
		"<b>":                          `\<b>`,
		"&amp; and & alone":            `\&amp; and & alone`,
		"https://example.org":          `https\://example.org`,
		"www.example.org":              `www\.example.org`,
		"[x](y)":                       `\[x\](y)`,
		"=1+1":                         `\=1+1`,
		`back\slash *star* ~~gone~~`:   `back\\slash \*star\* \~\~gone\~\~`,
		"more than 9 hours < 20 hours": `more than 9 hours \< 20 hours`,
	} {
		if got := escape(in); got != want {
			t.Errorf("escape(%q) = %q, want %q", in, got, want)
		}
	}
}
