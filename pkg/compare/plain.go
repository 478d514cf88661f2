package compare

import (
	"bytes"
	"encoding/json"
	"slices"
	"unicode/utf8"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// plain reads a line in the form that programs write: an object of answers, or
// one with the keys id and answers, every answer one that at least one of the
// packs takes. It is the fast way; on anything else it gives up, and the reader
// of answers files says what there is to say.
func (r *Reader) plain(line []byte) (Row, bool) {
	if bytes.Contains(line, []byte(`\u`)) || !utf8.Valid(line) {
		return Row{}, false
	}
	p := &plainReader{r: r, dec: json.NewDecoder(bytes.NewReader(line)), seen: map[string]bool{}}
	p.dec.UseNumber()
	for s := range r.packs {
		p.row.Answers[s] = r.packs[s].NewAnswers()
	}
	if !p.delim('{') || !p.sheet() || p.dec.More() {
		return Row{}, false
	}
	if rest := line[p.dec.InputOffset():]; len(bytes.TrimSpace(rest)) > 0 {
		return Row{}, false
	}
	for s, pk := range r.packs {
		if pk.CheckAnswers(p.row.Answers[s]) != nil {
			return Row{}, false
		}
		slices.Sort(p.row.Foreign[s])
	}
	return p.row, true
}

type plainReader struct {
	r    *Reader
	dec  *json.Decoder
	row  Row
	seen map[string]bool // keys, at whatever depth
}

func (p *plainReader) delim(d json.Delim) bool {
	t, err := p.dec.Token()
	return err == nil && t == d
}

// sheet reads what follows the first brace.
func (p *plainReader) sheet() bool {
	bare, nested := false, false
	for p.dec.More() {
		key, ok := p.key()
		switch {
		case !ok:
			return false
		case key == "answers":
			nested = true
			if !p.delim('{') || !p.answers() {
				return false
			}
		case key == "id" && !p.r.asks("id"):
			if !p.id() {
				return false
			}
		default:
			bare = true
			if !p.answer(key) {
				return false
			}
		}
	}
	// Bare answers have no id beside them.
	return p.delim('}') && bare != nested && (nested || p.row.ID == "")
}

// asks reports whether a pack has a question with a name that a sheet uses.
func (r *Reader) asks(id string) bool {
	return r.knows(Old, id) || r.knows(New, id)
}

func (p *plainReader) key() (string, bool) {
	t, err := p.dec.Token()
	key, ok := t.(string)
	if err != nil || !ok || p.seen[key] {
		return "", false
	}
	p.seen[key] = true
	return key, true
}

// maxPlainID is less than what an answers file may have.
const maxPlainID = 80

func (p *plainReader) id() bool {
	t, err := p.dec.Token()
	id, ok := t.(string)
	if n, is := t.(json.Number); is {
		id, ok = n.String(), true
	}
	if err != nil || !ok || id == "" || len(id) > maxPlainID || diag.Clean(id) != id {
		return false
	}
	p.row.ID = id
	return true
}

func (p *plainReader) answers() bool {
	for p.dec.More() {
		key, ok := p.key()
		if !ok || !p.answer(key) {
			return false
		}
	}
	return p.delim('}')
}

// answer reads the answer to one question under every pack that asks it.
func (p *plainReader) answer(key string) bool {
	given, ok := p.given()
	if !ok {
		return false
	}
	taken := false
	for s := range p.r.packs {
		slot, asked := p.r.slots[s][key]
		switch {
		case !asked:
			p.row.Foreign[s] = append(p.row.Foreign[s], key)
		case !p.lay(s, slot, given):
			return false
		default:
			taken = true
		}
	}
	return taken
}

// given is an answer as it stands: one word, or a list of them.
type given struct {
	words []string
	list  bool
	texts bool // all words of the list are in quotes
}

func (p *plainReader) given() (given, bool) {
	t, err := p.dec.Token()
	if err != nil {
		return given{}, false
	}
	if t != json.Delim('[') {
		w, ok := word(t)
		return given{words: []string{w}}, ok
	}
	g := given{list: true, texts: true}
	for p.dec.More() {
		t, err := p.dec.Token()
		w, ok := word(t)
		_, text := t.(string)
		if err != nil || !ok || text && w == notAssessed {
			return given{}, false
		}
		g.words, g.texts = append(g.words, w), g.texts && text
	}
	return g, p.delim(']')
}

// notAssessed is how a pack spells what JSON calls null.
const notAssessed = "not_assessed"

// word is the text of one value. What is empty or not printable is left to the
// reader of answers files.
func word(t json.Token) (string, bool) {
	switch t := t.(type) {
	case nil:
		return notAssessed, true
	case bool:
		if t {
			return "true", true
		}
		return "false", true
	case json.Number:
		return t.String(), true
	case string:
		return t, t != "" && diag.Clean(t) == t
	}
	return "", false
}

// lay lays an answer over those of one pack, and reports whether the pack takes
// it and nothing was there yet.
func (p *plainReader) lay(s, slot int, g given) bool {
	pk, a := p.r.packs[s], p.row.Answers[s]
	q := pk.Slots[slot].Question
	switch {
	case !g.list:
		v, err := pk.ParseAnswer(slot, g.words[0])
		if err != nil || a[slot] != pack.Missing {
			return false
		}
		a[slot] = v
		return true
	case q.Kind == pack.Multi:
		return g.texts && layOptions(a, q, g.words)
	case q.Kind == pack.Instrument && q.Slot == slot && len(q.Items) > 0 && len(g.words) == len(q.Items):
		return layItems(pk, a, q, g.words)
	}
	return false
}

// layOptions takes ids alone, each once.
func layOptions(a pack.Answers, q *pack.Question, ids []string) bool {
	var mask pack.Value
	for _, id := range ids {
		i := optionAt(q, id)
		if i < 0 || mask>>i&1 == 1 {
			return false
		}
		mask |= 1 << i
	}
	a[q.Slot] = mask
	return true
}

// layItems gives up where an item was answered by itself before.
func layItems(pk *pack.Pack, a pack.Answers, q *pack.Question, words []string) bool {
	for i, it := range q.Items {
		if words[i] == notAssessed {
			continue
		}
		v, err := pk.ParseAnswer(it.Slot, words[i])
		if err != nil || a[it.Slot] != pack.Missing {
			return false
		}
		a[it.Slot] = v
	}
	return true
}
