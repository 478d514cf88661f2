package report

import (
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

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
	flow := func(fs []phrase) {
		for _, f := range fs {
			out = append(out, f.Label, f.Text.Text)
			facts(f.Basis)
			out = append(out, f.ID)
		}
	}
	lines(d.Lead)
	facts(d.Glance)
	for _, s := range slices.Concat(d.Core, d.Plan, d.Details) {
		out = append(out, s.Title)
		for _, p := range s.Parts {
			out = append(out, p.Head)
			lines(p.Lines)
			for _, it := range p.Items {
				text, _ := it.Body()
				out = append(out, it.Word, text)
				facts(it.Basis)
				flow(it.Flow)
				out = append(append(out, it.Wants...), it.ID)
				facts(it.Then)
			}
			facts(p.Facts)
			out = append(out, p.Intro)
			flow(p.Flow)
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
