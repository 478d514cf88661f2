package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// object is a JSON object whose members stand in the order of writing: a schema
// is read by people, too, and has the same bytes every time.
type object []member

type member struct {
	key   string
	value any // object, []any, []string, string, bool, int, float64, or nil
}

// obj makes an object of keys and values in turn.
func obj(pairs ...any) object {
	o := make(object, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		o = append(o, member{pairs[i].(string), pairs[i+1]})
	}
	return o
}

// with returns the object with a further member at its end.
func (o object) with(pairs ...any) object { return append(o[:len(o):len(o)], obj(pairs...)...) }

// described returns the object with this description in place of its own.
func (o object) described(text string) object {
	if text == "" {
		return o
	}
	all := obj("description", text)
	for _, m := range o {
		if m.key != "description" {
			all = append(all, m)
		}
	}
	return all
}

// maxInline is how many bytes a value may have on one line.
const maxInline = 110

// write appends a value as JSON: on one line if it is short, else indented by
// two blanks a level.
func write(b *bytes.Buffer, v any, indent string) {
	if line, ok := inline(v, maxInline); ok {
		b.WriteString(line)
		return
	}
	switch v := v.(type) {
	case object:
		b.WriteString("{\n")
		for i, m := range v {
			b.WriteString(indent + "  " + quote(m.key) + ": ")
			write(b, m.value, indent+"  ")
			b.WriteString(comma(i, len(v)))
		}
		b.WriteString(indent + "}")
	case []any:
		b.WriteString("[\n")
		for i, e := range v {
			b.WriteString(indent + "  ")
			write(b, e, indent+"  ")
			b.WriteString(comma(i, len(v)))
		}
		b.WriteString(indent + "]")
	case []string:
		write(b, values(v), indent)
	default:
		b.WriteString(plainValue(v))
	}
}

func comma(i, n int) string {
	if i < n-1 {
		return ",\n"
	}
	return "\n"
}

func values(texts []string) []any {
	list := make([]any, len(texts))
	for i, s := range texts {
		list[i] = s
	}
	return list
}

// inline writes a value on one line, unless it is longer than that.
func inline(v any, most int) (string, bool) {
	var parts []string
	open, end := "[", "]"
	switch v := v.(type) {
	case object:
		open, end = "{", "}"
		for _, m := range v {
			part, ok := inline(m.value, most)
			if !ok {
				return "", false
			}
			parts = append(parts, quote(m.key)+": "+part)
			most -= len(parts[len(parts)-1]) + len(", ")
		}
	case []any:
		for _, e := range v {
			part, ok := inline(e, most)
			if !ok {
				return "", false
			}
			parts = append(parts, part)
			most -= len(part) + len(", ")
		}
	case []string:
		return inline(values(v), most)
	default:
		text := plainValue(v)
		return text, len(text) <= most
	}
	return open + strings.Join(parts, ", ") + end, most >= 0
}

// plainValue writes what is no object and no list.
func plainValue(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return quote(v)
	case float64:
		return plain(v)
	}
	return fmt.Sprint(v)
}

// quote writes a string as JSON, with <, > and & as they are.
func quote(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) // a string can always be written
	}
	return strings.TrimSuffix(b.String(), "\n")
}
