package diag_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/diag"
)

func TestWriteText(t *testing.T) {
	long := strings.Repeat("long ", 40)
	var src diag.Sources
	src.Add("a.yaml", []byte("\ufeffone: two\r\nüß: 日本 x\n\tindented\n"+long+"HERE "+long+"\nesc\x1b[31m \u202eevil\n"))
	at := func(line, col, end int) diag.Span {
		return diag.Span{File: "a.yaml", Line: line, Col: col, EndLine: line, EndCol: end}
	}
	ds := []diag.Diagnostic{
		{Code: "plain", At: at(1, 6, 9), Message: "wrong", Path: "one", Hint: "other", Related: []diag.Related{{At: at(2, 1, 3), Message: "first defined here"}}},
		{Code: "wide", Severity: diag.Warning, At: at(2, 8, 9), Message: "behind wide characters"},
		{Code: "tab", At: at(3, 2, 4), Message: "behind a tab"},
		{Code: "cut", At: at(4, 201, 205), Message: "in a long line"},
		{Code: "escape", At: at(5, 4, 5), Message: "an escape \x1b[2J in the message too"},
		{Code: "end", At: at(1, 9, 10), Message: "behind the end"},
		{Code: "file", At: diag.Span{File: "b\x1b.yaml"}, Message: "the file as a whole"},
		{Code: "nowhere", Message: "no place"},
		{Code: "unknown", At: diag.Span{File: "c.yaml", Line: 3, Col: 1, EndLine: 3, EndCol: 2}, Message: "no text"},
	}
	want := `a.yaml:1:6: error: wrong [plain]
   1 | one: two
     |      ^^^
   in one
   help: other
   a.yaml:2:1: first defined here
a.yaml:2:8: warning: behind wide characters [wide]
   2 | üß: 日本 x
     |          ^
a.yaml:3:2: error: behind a tab [tab]
   3 |  indented
     |  ^^
a.yaml:4:201: error: in a long line [cut]
   4 | …long long long long long long long long long long long long HERE long long long long long long long long long long long…
     |                                                              ^^^^
a.yaml:5:4: error: an escape ‹U+001B›[2J in the message too [escape]
   5 | esc‹U+001B›[31m ‹U+202E›evil
     |    ^^^^^^^^
a.yaml:1:9: error: behind the end [end]
   1 | one: two
     |         ^
b‹U+001B›.yaml: error: the file as a whole [file]
error: no place [nowhere]
c.yaml:3:1: error: no text [unknown]
`
	var b bytes.Buffer
	if err := diag.WriteText(&b, ds, &src); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	b.Reset()
	if err := diag.WriteText(&b, ds[:1], nil); err != nil || strings.Contains(b.String(), "|") {
		t.Errorf("without sources: %v\n%s", err, b.String())
	}
}

func TestWriteJSON(t *testing.T) {
	var b bytes.Buffer
	ds := []diag.Diagnostic{{Code: "c", At: diag.Span{File: "a", Line: 1, Col: 2, EndLine: 1, EndCol: 3}, Path: "p", Message: "<m>", Hint: "h",
		Related: []diag.Related{{Message: "r"}}}, {Code: "w", Severity: diag.Warning, Message: "m"}}
	if err := diag.WriteJSON(&b, ds); err != nil {
		t.Fatal(err)
	}
	want := `[
  {
    "code": "c",
    "severity": "error",
    "at": {
      "file": "a",
      "line": 1,
      "column": 2,
      "end_line": 1,
      "end_column": 3
    },
    "path": "p",
    "message": "<m>",
    "hint": "h",
    "related": [
      {
        "message": "r"
      }
    ]
  },
  {
    "code": "w",
    "severity": "warning",
    "message": "m"
  }
]
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	b.Reset()
	if err := diag.WriteJSON(&b, nil); err != nil || b.String() != "[]\n" || !json.Valid(b.Bytes()) {
		t.Errorf("no diagnostics: %q, %v", b.String(), err)
	}
}

func TestNear(t *testing.T) {
	candidates := []string{"functioning", "suicide_risk", "iop", "php", "can_take_part", "monitoring-need", "yes"}
	for word, want := range map[string]string{
		"functionning": "functioning", "fucntioning": "functioning", "FUNCTIONING": "functioning", "suicide-risk": "suicide_risk",
		"suicide risk": "suicide_risk", "ipo": "iop", "php1": "php", "hhp": "php", "xyz": "", "monitoring_need": "monitoring-need", "monitoring": "monitoring-need",
		"can_take_part_in_groups": "can_take_part", "weather": "", "": "", "x": "", "yse": "yes", strings.Repeat("functioning", 1000): "",
	} {
		if got := diag.Near(word, candidates); got != want {
			t.Errorf("Near(%q) = %q, want %q", word, got, want)
		}
	}
	if got := diag.Near("a", nil); got != "" {
		t.Errorf("near nothing: %q", got)
	}
}

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"plain, ü, 日本, 👩\u200d👩": "plain, ü, 日本, 👩\u200d👩", "a\tb": "a b", "a\nb": "a‹U+000A›b", "\x1b[31m": "‹U+001B›[31m", "\x9b": "‹9B›",
		"\u009b": "‹U+009B›", "\u202e": "‹U+202E›", "\u200b": "‹U+200B›", "\u2028": "‹U+2028›", "\ufeff": "‹U+FEFF›", "\U000E0041": "‹U+E0041›",
		"\ufffd": "\ufffd", "": "",
	} {
		if got := diag.Clean(text); got != want {
			t.Errorf("Clean(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSort(t *testing.T) {
	at := func(file string, line, col int) diag.Span { return diag.Span{File: file, Line: line, Col: col} }
	ds := []diag.Diagnostic{{At: at("b", 1, 1)}, {At: at("a", 2, 1)}, {At: at("a", 1, 2)}, {At: at("a", 1, 1), Code: "z"}, {At: at("a", 1, 1), Code: "a"}}
	diag.Sort(ds)
	want := []diag.Diagnostic{{At: at("a", 1, 1), Code: "a"}, {At: at("a", 1, 1), Code: "z"}, {At: at("a", 1, 2)}, {At: at("a", 2, 1)}, {At: at("b", 1, 1)}}
	if diff := cmp.Diff(want, ds); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// FuzzClean: whatever the text, what comes out drives no terminal, and is
// clean already.
func FuzzClean(f *testing.F) {
	f.Add("a\x1b[31m\u202e\xff")
	f.Fuzz(func(t *testing.T, s string) {
		got := diag.Clean(s)
		if r, found := diag.Control(got); found || strings.ContainsAny(got, "\n\t") {
			t.Errorf("Clean(%q) = %q holds U+%04X", s, got, r)
		}
		if again := diag.Clean(got); again != got {
			t.Errorf("Clean(%q) = %q, and then %q", s, got, again)
		}
	})
}

// A character that must not be shown is found wherever it stands among others.
func TestCleanFindsEachByte(t *testing.T) {
	const around = "abcdefghijklmnopqrstu"
	for b := range 0x80 {
		for at := range len(around) {
			text := around[:at] + string(rune(b)) + around[at:]
			want := text
			switch {
			case b == '\t':
				want = around[:at] + " " + around[at:]
			case b < ' ' || b == 0x7f:
				want = around[:at] + fmt.Sprintf("‹U+%04X›", b) + around[at:]
			}
			if got := diag.Clean(text); got != want {
				t.Errorf("%q: %q, expected %q", text, got, want)
			}
		}
	}
}
