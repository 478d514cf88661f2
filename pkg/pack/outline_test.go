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
