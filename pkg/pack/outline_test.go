package pack

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOutline(t *testing.T) {
	text := "# é\nlevels: # one\n  low:\n    - when: {é: [a, \"b, c\" # x]\n        , d]}\n      of: two words # y\n    - 'it''s'\nempty:\nbrackets: [ ]\n"
	o, ok := ReadOutline([]byte(text))
	if !ok {
		t.Fatal("not read")
	}
	var b strings.Builder
	writeOutline(&b, text, o, 0)
	want := `mapping "levels: # one\n  low:\n    - when: {é: [a, \"b, c\" # x]\n        , d]}\n      of: two words # y\n    - 'it''s'\nempty:\nbrackets: [ ]"
 word "levels"
 mapping "low:\n    - when: {é: [a, \"b, c\" # x]\n        , d]}\n      of: two words # y\n    - 'it''s'"
  word "low"
  list "- when: {é: [a, \"b, c\" # x]\n        , d]}\n      of: two words # y\n    - 'it''s'"
   mapping "when: {é: [a, \"b, c\" # x]\n        , d]}\n      of: two words"
    word "when"
    mapping in brackets "{é: [a, \"b, c\" # x]\n        , d]}"
     word "é"
     list in brackets "[a, \"b, c\" # x]\n        , d]"
      word "a"
      word "\"b, c\""
      word "d"
    word "of"
    word "two words"
   word "'it''s'"
 word "empty"
 word ""
 word "brackets"
 list in brackets "[ ]"
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func writeOutline(b *strings.Builder, text string, o *Outline, depth int) {
	kind := [...]string{"word", "mapping", "list"}[o.Kind]
	if o.Flow {
		kind += " in brackets"
	}
	fmt.Fprintf(b, "%s%s %q\n", strings.Repeat(" ", depth), kind, text[o.Start:o.End])
	for i, of := range o.Of {
		if o.Kind == OutlineMapping {
			writeOutline(b, text, o.Keys[i], depth+1)
		}
		writeOutline(b, text, of, depth+1)
	}
}

// FuzzOutline: whatever is read lies within the text, and parts within the
// whole and behind each other.
func FuzzOutline(f *testing.F) {
	for _, text := range []string{"a: [b, {c: d}] # x\n", "- |\n  a\n  b\n- \"é\n  x\"\n", "a:\n- b\n-\n", "{a: }", "? a\n: b\n", "\ufeffa: >-\n  b\n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if o, ok := ReadOutline(data); ok {
			checkOutline(t, o, 0, len(data))
		}
	})
}

func checkOutline(t *testing.T, o *Outline, from, to int) {
	t.Helper()
	if o.Start < from || o.End < o.Start || o.End > to {
		t.Fatalf("a part from %d to %d; expected it within %d to %d", o.Start, o.End, from, to)
	}
	at := o.Start
	for i, of := range o.Of {
		if o.Kind == OutlineMapping {
			checkOutline(t, o.Keys[i], at, to)
			at = o.Keys[i].End
		}
		checkOutline(t, of, at, to)
		at = of.End
	}
}
