package batch

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/carelevel/carelevel/pkg/diag"
)

// member is one key of an object with its value as it is written.
type member struct {
	key    string
	value  json.RawMessage
	column int // of the value, in bytes from 1
}

// wholeObject returns the members of the object that a line is. What is no JSON
// is found by encoding/json before anything else is looked at.
func wholeObject(line []byte) ([]member, *problem) {
	var whole json.RawMessage
	if err := json.Unmarshal(line, &whole); err != nil {
		p := &problem{code: "json", text: "the line is no JSON: " + err.Error()}
		if at := (*json.SyntaxError)(nil); errors.As(err, &at) {
			p.column = int(at.Offset)
		}
		return nil, p
	}
	blank := bytes.Index(line, whole)
	return objectMembers(whole, 1+blank)
}

// objectMembers returns the members of a JSON value in the order of writing. It
// must be an object, and its keys must be there once each.
func objectMembers(value json.RawMessage, column int) ([]member, *problem) {
	d := json.NewDecoder(bytes.NewReader(value))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, &problem{"json", "found " + found(value) + "; expected an object", column}
	}
	var out []member
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		key, isText := t.(string)
		if err != nil || !isText {
			return nil, &problem{"json", "a key that cannot be read", column}
		}
		m := member{key: key}
		if err := d.Decode(&m.value); err != nil {
			return nil, &problem{"json", err.Error(), column}
		}
		m.column = column + int(d.InputOffset()) - len(m.value)
		if seen[key] {
			return nil, &problem{"json", fmt.Sprintf("the key %q is there twice", diag.Clean(shortened(key))), m.column}
		}
		seen[key] = true
		out = append(out, m)
	}
	return out, nil
}

// found names the kind of a value.
func found(value json.RawMessage) string {
	switch value[0] {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case '"':
		return "a text"
	case 't', 'f':
		return string(value)
	case 'n':
		return "null"
	}
	return "a number"
}

// scalarText is a value as a cell would have it: a string's text, nothing for
// null, and all else as it is written.
func scalarText(value json.RawMessage) string {
	var s string
	switch {
	case value[0] == '"' && json.Unmarshal(value, &s) == nil:
		return s
	case value[0] == 'n':
		return ""
	}
	return string(value)
}
