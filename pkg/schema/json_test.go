package schema_test

import (
	"bytes"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/schema"
)

// compile makes a validator of a schema, which is itself held against what the
// standard says of schemas.
func compile(t testing.TB, opts schema.Options) *jsonschema.Schema {
	t.Helper()
	var b bytes.Buffer
	if err := schema.Write(&b, opts); err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(&b)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// problems are what a schema has against a YAML text, "" if nothing.
func problems(t testing.TB, s *jsonschema.Schema, text string) string {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return problemsOf(s, &doc)
}

func problemsOf(s *jsonschema.Schema, n *yaml.Node) string {
	if err := s.Validate(toJSON(n)); err != nil {
		return err.Error()
	}
	return ""
}

// Scalars of YAML 1.2, in its core schema: what an editor makes of a word that
// stands without quotes. The YAML library of the reader is of 1.1 here and
// there; the reader itself looks at the text alone.
var (
	wordNull  = regexp.MustCompile(`^(|~|null|Null|NULL)$`)
	wordTrue  = regexp.MustCompile(`^(true|True|TRUE)$`)
	wordFalse = regexp.MustCompile(`^(false|False|FALSE)$`)
	wordInt   = regexp.MustCompile(`^[-+]?[0-9]+$`)
	wordFloat = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
)

// toJSON is the value that an editor holds against a schema.
func toJSON(n *yaml.Node) any {
	switch n.Kind {
	case yaml.DocumentNode:
		return toJSON(n.Content[0])
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = toJSON(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, e := range n.Content {
			list = append(list, toJSON(e))
		}
		return list
	}
	word := n.Value
	switch {
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return word
	case wordNull.MatchString(word):
		return nil
	case wordTrue.MatchString(word):
		return true
	case wordFalse.MatchString(word):
		return false
	case wordInt.MatchString(word), wordFloat.MatchString(word):
		if f, ok := new(big.Rat).SetString(strings.TrimPrefix(word, "+")); ok {
			v, _ := f.Float64()
			return v
		}
	}
	return word
}

// load reads a sound pack from the folder.
func load(t testing.TB, files map[string]string) *pack.Pack {
	t.Helper()
	p, ds := read(t, files)
	for _, d := range ds {
		t.Fatalf("%s: %s", d.Path, d.Message)
	}
	return p
}
