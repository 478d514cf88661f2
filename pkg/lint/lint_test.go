package lint_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/lint"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

func TestShippedPacksGiveNoWarnings(t *testing.T) {
	for _, name := range rules.Names() {
		p, ds, err := pack.Load(rules.FS, name, pack.LoadOptions{Tests: true})
		if err != nil {
			t.Fatal(err)
		}
		r := lint.Check(p, ds, lint.Options{})
		for _, d := range r.Diagnostics {
			t.Errorf("%s: %s:%d: %s [%s]", name, d.At.File, d.At.Line, d.Message, d.Code)
		}
		if len(r.Skipped) > 0 {
			t.Errorf("%s: %v", name, r.Skipped)
		}
	}
}

// checkText looks at a pack of one file, and renders what it gets.
func checkText(t *testing.T, text string, opts lint.Options) (lint.Result, string) {
	t.Helper()
	p, ds, err := pack.Load(fstest.MapFS{"pack.yaml": {Data: []byte(text)}}, "pack.yaml", pack.LoadOptions{Tests: true})
	if err != nil {
		t.Fatal(err)
	}
	r := lint.Check(p, ds, opts)
	var b strings.Builder
	for _, d := range r.Diagnostics {
		fmt.Fprintf(&b, "%s %s: %s", d.Code, d.Path, d.Message)
		if d.Hint != "" {
			fmt.Fprintf(&b, " (%s)", d.Hint)
		}
		b.WriteByte('\n')
	}
	return r, b.String()
}

// with puts texts into the base pack: pairs of what stands there once and what
// is put in its place.
func with(t *testing.T, pairs ...string) string {
	t.Helper()
	text := read(t, folder+"base.yaml")
	for i := 0; i < len(pairs); i += 2 {
		if strings.Count(text, pairs[i]) != 1 {
			t.Fatalf("%q is in the base %d times", pairs[i], strings.Count(text, pairs[i]))
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
	}{
		{"allowed by id", with(t, "profiles:", "allow:\n  - {code: text-stop, at: outpatient, because: A test.}\nprofiles:", "Book the first session.", "Book"), ""},
		{"allowed by path", with(t, "profiles:", "allow:\n  - {code: text-stop, at: levels.outpatient, because: A test.}\nprofiles:", "Book the first session.", "Book"), ""},
		{"allowed of reading", with(t, "profiles:", "allow:\n  - {code: text-quotes, at: levels.outpatient.summary, because: A test.}\nprofiles:", "One session a week.", "“One session a week.”"), ""},
		{"another one is not allowed", with(t, "profiles:", "allow:\n  - {code: text-stop, at: iop, because: A test.}\nprofiles:", "Book the first session.", "Book"),
			"text-stop levels.outpatient: action: no full stop at the end of \"Book\" (end the sentence)\n" +
				"allow-unused allow: nothing at \"iop\" gives the warning text-stop any more (remove the entry)\n"},
		{"no such code", with(t, "profiles:", "allow:\n  - {code: text-stopp, at: iop, because: A test.}\nprofiles:"),
			"allow-unused allow: there is no warning \"text-stopp\" (did you mean \"text-stop\"?)\n"},
		{"an error stays", with(t, "profiles:", "allow:\n  - {code: url, at: standards, because: A test.}\nprofiles:"),
			"allow-unused allow: url is an error, which nothing allows (mend it, and remove the entry)\n"},
		{"an error hides no words, but hides uses", with(t, "https://", "ftp://", "  policy:\n    title: Policy", "  leaflet: {title: A leaflet}\n  policy:\n    title: Policy", "Book the first session.", "Book"),
			"url sources.standards.url: \"ftp://example.org/standards\" is no web address; expected https://… ()\n"},
		{"a score in use uses its questions", with(t, "        when: {load: heavy}\n", "        when: {functioning: gone}\n", "        when: {load: light}\n", "        when: {groups: yes}\n"),
			"score-unused scores.load: nothing tests the score \"load\" (test it, or remove it)\n"},
		{"a condition used by an idle one", with(t, "    when: unsafe\n", "    when: {living: street}\n"),
			"condition-unused conditions.homeless: nothing refers to the condition \"homeless\" (refer to it, or remove it)\ncondition-unused conditions.unsafe: nothing refers to the condition \"unsafe\" (refer to it, or remove it)\n"},
		{"a threshold on a mere title", with(t, "    date: 2026-01-15\n", "", "        because: The load is heavy.\n        sources: [standards]", "        because: The load is heavy.\n        sources: [policy]"),
			"threshold-unsourced levels.iop.indications.iop-load: load is at least 5 (heavy) is a threshold, and its sources give no more than a title (add a url, a date or a note to a source, such as policy)\n"},
		{"reasons are the same but for punctuation", with(t, "The load is heavy.", "Daily life – suffers!"),
			"text-repeated levels.iop.indications.iop-load: indication \"iop-load\" gives the same reason as \"iop-functioning\" (say what sets it apart)\n"},
		{"over time is another thing", with(t, "        when: {load: light}\n", "        when: {functioning: kept}\n"), ""},
		{"capitals", with(t, "Ask about safety at home.", "ASK AT ONCE about safety at home."),
			"text-capitals warnings.warn-unsafe: because: words in capitals, at \"ONCE\" (write small letters: capitals are slow to read, and say nothing more)\n"},
		{"abbreviations", with(t, "Ask about safety at home.", "Ask about PHQ-9, IOP and PHP at home."), ""},
		{"a label with a full stop", with(t, "kept: Keeps everything up", "kept: Keeps everything up."),
			"text-stop sections.life.questions.functioning.options.kept: label: a full stop at the end of \"Keeps everything up.\", which stands within sentences and lists (remove it)\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, got := checkText(t, c.text, lint.Options{})
			if c.name == "an error hides no words, but hides uses" {
				if !strings.HasPrefix(got, "url ") || !strings.Contains(got, "text-stop") || strings.Contains(got, "source-unused") {
					t.Errorf("got\n%s", got)
				}
				return
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// What cannot be proved within the budget is said to be left out.
func TestBudget(t *testing.T) {
	r, got := checkText(t, with(t), lint.Options{Nodes: 3})
	want := "whether criteria of iop repeat each other was not checked: the pack has too many combinations of answers"
	if got != "" || len(r.Skipped) == 0 || r.Skipped[0] != want {
		t.Errorf("%q\n%s", r.Skipped, got)
	}
}

func TestLIX(t *testing.T) {
	for text, want := range map[string][2]int{
		"":                                {0, 0},
		"One two three.":                  {3, 3},
		"One two three. Four five.":       {2, 5},
		"Multidisciplinary coordination.": {102, 2},
		"It counts: every word of it.":    {3 + 0, 6},
	} {
		lix, words := lint.LIX(text)
		if got := [2]int{lix, words}; got != want {
			t.Errorf("LIX(%q) = %v, want %v", text, got, want)
		}
	}
}

// unpatch applies a unified difference to a text, as naively as can be.
func unpatch(t *testing.T, before, diff string) string {
	t.Helper()
	lines := strings.SplitAfter(before, "\n")
	var out strings.Builder
	at := 0
	for _, line := range strings.SplitAfter(diff, "\n") {
		var from, n int
		switch {
		case line == "" || strings.HasPrefix(line, "---") || strings.HasPrefix(line, "+++"):
		case strings.HasPrefix(line, "@@"):
			if _, err := fmt.Sscanf(line, "@@ -%d,%d", &from, &n); err != nil {
				t.Fatal(err)
			}
			if n > 0 {
				from--
			}
			for ; at < from; at++ {
				out.WriteString(lines[at])
			}
		case line[0] == '\\':
			text := strings.TrimSuffix(out.String(), "\n")
			out.Reset()
			out.WriteString(text)
		case line[0] == '+':
			out.WriteString(line[1:])
		default:
			if strings.TrimSuffix(lines[at], "\n") != strings.TrimSuffix(line[1:], "\n") {
				t.Fatalf("the difference has %q where the text has %q", line, lines[at])
			}
			if line[0] == ' ' {
				out.WriteString(line[1:])
			}
			at++
		}
	}
	for ; at < len(lines); at++ {
		out.WriteString(lines[at])
	}
	return out.String()
}

func TestDiff(t *testing.T) {
	a := "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\neleven\n"
	b := "one\n2\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\nten and a half\neleven\n"
	want := `--- f.yaml
+++ f.yaml
@@ -1,5 +1,5 @@
 one
-two
+2
 three
 four
 five
@@ -8,4 +8,5 @@
 eight
 nine
 ten
+ten and a half
 eleven
`
	if diff := cmp.Diff(want, lint.Diff("f.yaml", []byte(a), []byte(b))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got := lint.Diff("f", []byte(a), []byte(a)); got != "" {
		t.Errorf("no difference gives %q", got)
	}
	for _, pair := range [][2]string{{a, b}, {b, a}, {"", a}, {a, ""}, {"x", "y"}, {"x\n", "y"}, {a, strings.ReplaceAll(a, "e", "E")}, {strings.Repeat("a\n", 2100), strings.Repeat("b\n", 2100)}} {
		diff := lint.Diff("f", []byte(pair[0]), []byte(pair[1]))
		if got := unpatch(t, pair[0], diff); got != pair[1] {
			t.Errorf("the difference of %q and %q gives %q:\n%s", pair[0][:min(20, len(pair[0]))], pair[1][:min(20, len(pair[1]))], got[:min(60, len(got))], diff[:min(200, len(diff))])
		}
	}
}

func TestMend(t *testing.T) {
	text := "\ufeff" + with(t, "        because: The load is heavy.", "        becuase: 'The load is heavy.'", "{functioning: {at_least: impaired}}", "{\"fuctioning\": {at_least: impared}}", "    title: Outpatient care\n    short: Outpatient", "    short: \"Outpatient\"\n    title: Outpatient care # here")
	_, ds, err := pack.Load(fstest.MapFS{"pack.yaml": {Data: []byte(text)}}, "pack.yaml", pack.LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	misses := lint.NearMisses("pack.yaml", []byte(text), ds)
	var words []string
	for _, m := range misses {
		words = append(words, m.Found+" → "+m.Meant)
	}
	if diff := cmp.Diff([]string{"fuctioning → functioning", "becuase → because"}, words); diff != "" {
		t.Errorf("near misses (-want +got)\n%s", diff)
	}
	mended := lint.Mend("pack.yaml", []byte(text), misses)
	want := `--- f
+++ f
@@ -125,8 +125,8 @@
 
 levels:
   outpatient:
-    short: "Outpatient"
     title: Outpatient care # here
+    short: Outpatient
     summary: One session a week.
     action: Book the first session.
     supports:
@@ -156,12 +156,12 @@
     sources: [standards]
     indications:
       - id: iop-functioning
-        when: {"fuctioning": {at_least: impared}}
+        when: {functioning: {at_least: impared}}
         because: Daily life suffers.
         sources: [standards]
       - id: iop-load
         when: {load: heavy}
-        becuase: 'The load is heavy.'
+        because: The load is heavy.
         sources: [standards]
     requirements:
       - id: iop-groups
`
	if diff := cmp.Diff(want, lint.Diff("f", bytes.TrimPrefix([]byte(text), []byte("\ufeff")), bytes.TrimPrefix(mended, []byte("\ufeff")))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	// Without a decision only what is safe is done.
	if got := lint.Mend("pack.yaml", []byte(text), nil); !bytes.Contains(got, []byte("becuase")) || bytes.Contains(got, []byte(`"Outpatient"`)) {
		t.Errorf("without near misses:\n%s", got)
	}
	if got := lint.NearMisses("other.yaml", []byte(text), ds); got != nil {
		t.Errorf("near misses of another file: %v", got)
	}
}

func TestWritePages(t *testing.T) {
	var b bytes.Buffer
	if err := lint.WritePages(&b, []*lint.Page{lint.Explain("text-stop"), lint.Explain("file-kind")}); err != nil {
		t.Fatal(err)
	}
	want := `text-stop (warning; warnings of rules check)

A sentence has no end, or a label has one.

Reasons, advice and descriptions are sentences and end with a full stop. Titles,
names and answers stand within sentences and lists and do not. A question ends
with a question mark; what an instrument, which is no question, is called may end
as it likes.

before:

        action: Book the first session

after:

        action: Book the first session.

file-kind (error; files)

A file is a pipe, a device or something else that is no file.

Rules are read more than once. Give the name of a regular file.
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	b.Reset()
	if err := lint.WriteList(&b); err != nil || strings.Count(b.String(), "\n") < len(lint.Codes()) || !strings.HasPrefix(b.String(), "files\n  condition") && !strings.HasPrefix(b.String(), "files\n  file-kind") {
		t.Errorf("the list: %v\n%s", err, b.String())
	}
	for _, p := range lint.Codes() {
		for _, line := range strings.Split(p.Title+"\n"+p.Why, "\n") {
			if len([]rune(line)) > 90 {
				t.Errorf("%s has a line of %d characters", p.Code, len([]rune(line)))
			}
		}
	}
}

func ExampleCheck() {
	p, ds, err := pack.Load(rules.FS, "medicare-iop", pack.LoadOptions{})
	if err != nil || diag.HasErrors(ds) {
		fmt.Println(err, ds)
		return
	}
	p.Sources = append(p.Sources, &pack.Source{ID: "leaflet", Title: "A leaflet"})
	for _, d := range lint.Check(p, ds, lint.Options{}).Diagnostics {
		fmt.Println(d.Code, d.Path)
	}
	// Output: source-unused sources.leaflet
}
