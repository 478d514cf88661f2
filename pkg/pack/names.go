package pack

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
)

// maxID is how many characters an id may have.
const maxID = 64

// names is a name space: what its ids stand for, and where they were defined.
type names[T any] struct {
	noun  string
	apart []place // of other name spaces, whose ids may not be used here
	of    map[string]named[T]
	ids   []string // in the order of definition
}

type named[T any] struct {
	it T
	at diag.Span
}

// place says where an id was defined in a name space, and what for.
type place func(id string) (noun string, at diag.Span, taken bool)

func (n *names[T]) place(id string) (string, diag.Span, bool) {
	it, taken := n.of[id]
	return n.noun, it.at, taken
}

// define gives id, written at node, to it. It reports a form that is no id and
// an id that is taken; the first definition stays.
func (n *names[T]) define(c cursor, node *yaml.Node, it T) bool {
	id := node.Value
	if before, taken := n.of[id]; taken {
		c.reportAt(node, problem{code: "id-duplicate", message: fmt.Sprintf("%s %s is defined twice", n.noun, quoteShort(id)), related: firstAt(before.at)})
		return false
	}
	for _, other := range n.apart {
		if noun, at, taken := other(id); taken {
			c.reportAt(node, problem{code: "id-duplicate", message: fmt.Sprintf("%s %s has the id of a %s; expected another one: they are shown side by side", n.noun, quoteShort(id), noun), related: firstAt(at)})
			return false
		}
	}
	c.checkID(node)
	n.put(id, c.r.span(node), it)
	return true
}

// put gives id to it, whatever stood there.
func (n *names[T]) put(id string, at diag.Span, it T) {
	if n.of == nil {
		n.of = make(map[string]named[T])
	}
	n.of[id] = named[T]{it, at}
	n.ids = append(n.ids, id)
}

// lookup returns what the id under the cursor stands for, and reports one that
// stands for nothing.
func (n *names[T]) lookup(l *loader, c cursor) (it T, ok bool) {
	if !c.present() {
		return it, false
	}
	if !c.isWord() {
		c.wants("the id of a " + n.noun)
		return it, false
	}
	found, ok := n.of[c.node.Value]
	if !ok && !l.partial && !c.r.full() {
		c.report(n.unknown(c.node.Value))
	}
	return found.it, ok
}

// unknown is the problem of an id that stands for nothing.
func (n *names[T]) unknown(id string) problem {
	for _, other := range n.apart {
		if noun, at, taken := other(id); taken {
			return problem{code: n.noun + "-unknown", message: fmt.Sprintf("%s is a %s; expected a %s", quoteShort(id), noun, n.noun), related: firstAt(at)}
		}
	}
	return problem{code: n.noun + "-unknown", message: fmt.Sprintf("unknown %s %s", n.noun, quoteShort(id)), hint: wordHint(id, n.ids)}
}

// lookupAll reads a list of ids, each of which may stand there once.
func (n *names[T]) lookupAll(l *loader, c cursor) (all []T) {
	seen := make(map[string]bool)
	c.elements(func(c cursor) {
		it, ok := n.lookup(l, c)
		switch {
		case !ok:
		case seen[c.node.Value]:
			c.report(problem{code: "listed-twice", message: fmt.Sprintf("%s %q is listed twice", n.noun, c.node.Value)})
		default:
			seen[c.node.Value] = true
			all = append(all, it)
		}
	})
	return all
}

// checkID reports a key or value that has not the form of an id.
func (c cursor) checkID(node *yaml.Node) {
	id := node.Value
	if isID(id) {
		return
	}
	p := problem{code: "id-form", message: fmt.Sprintf("%s is not an id; expected small letters, digits, _ and -, beginning with a letter", quoteShort(id))}
	switch suggestion := asID(id); {
	case len(id) > maxID:
		p.message = fmt.Sprintf("the id has %d characters; expected at most %d", len(id), maxID)
	case isID(suggestion):
		p.hint = fmt.Sprintf("write %s", suggestion)
	}
	c.reportAt(node, p)
}

// isID reports whether s is [a-z][a-z0-9]*([_-][a-z0-9]+)* of at most maxID
// characters.
func isID(s string) bool {
	if s == "" || len(s) > maxID || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
		case (c == '_' || c == '-') && s[i-1] != '_' && s[i-1] != '-' && i < len(s)-1:
		default:
			return false
		}
	}
	return true
}

// asID turns a word into the id that its author may have meant.
func asID(s string) string {
	if len(s) > maxID {
		return ""
	}
	fields := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-'
	})
	return strings.Trim(strings.Join(fields, "_"), "-")
}

// wordHint helps with a word that is none of the candidates.
func wordHint(word string, candidates []string) string {
	if isQuoted(word) {
		return straightQuotes
	}
	// A pack has hundreds of ids; only a hostile one has more, and then each
	// unknown word would be compared with all of them.
	if near := diag.Near(word, candidates[:min(len(candidates), 1000)]); near != "" {
		return didYouMean(near)
	}
	const most = 8
	if len(candidates) == 0 || len(candidates) > most {
		return ""
	}
	return "there is " + strings.Join(candidates, ", ")
}

const straightQuotes = "use straight quotes, or none"

// isQuoted reports whether a word has the quotes of a text processor.
func isQuoted(word string) bool { return strings.ContainsAny(word, "“”„‘’«»") }

// firstAt is the related place of a duplicate.
func firstAt(at diag.Span) []diag.Related {
	return []diag.Related{{At: at, Message: "first defined here"}}
}

func isOneOf(s string, words []string) bool { return slices.Contains(words, s) }
