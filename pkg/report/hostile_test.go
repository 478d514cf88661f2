package report

import (
	"encoding/json"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/pack"
)

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
		for i := range l.Objectives {
			l.Objectives[i].Text = s + l.Objectives[i].Text
		}
		for i := range l.Agree {
			l.Agree[i].Text = s + l.Agree[i].Text
		}
		for i := range l.Due {
			l.Due[i].Text = s + l.Due[i].Text
		}
		for _, x := range l.StepUp {
			x.ID, x.Because = x.ID+s, s+x.Because
		}
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
		safeTerminal(t, rendered(t, func(w io.Writer) error { return PackText(w, PackInput{Pack: p}, TextOptions{}) }))
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
