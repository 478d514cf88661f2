package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Limits of the reader, which a test compares with those in package pack.
const (
	maxID         = 64
	maxLevels     = 16
	maxOptions    = 62
	maxItems      = 200
	maxGrades     = 20
	maxMilestones = 20
	maxTotal      = 100_000
	maxWeight     = 100_000
	maxNumber     = 1_000_000_000
	maxTimes      = 20
	maxDays       = 3660
	maxSteps      = 200
	maxDay        = 36_600
)

// Patterns of what the reader takes from text as well: an id, and a number in
// quotes.
const (
	idForm    = `[a-z][a-z0-9]*([_-][a-z0-9]+)*`
	wholeForm = `-?(0|[1-9][0-9]*)(\.0+)?`
	flagForm  = `[Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]`
)

// decimalForm is a number with at most so many digits after the point, zeros at
// the end aside.
func decimalForm(decimals int) string {
	if decimals == 0 {
		return wholeForm
	}
	return fmt.Sprintf(`-?(0|[1-9][0-9]*)(\.[0-9]{1,%d}0*)?`, decimals)
}

// need and key are the two sorts of keys of a mapping.
type key struct {
	name string
	of   object
	doc  string
	must bool
}

func need(name string, of object, doc string) key { return key{name, of, doc, true} }
func may(name string, of object, doc string) key  { return key{name, of, doc, false} }

// mapping is a mapping with given keys and no others.
func mapping(title, doc string, keys ...key) object {
	o := obj("title", title, "description", doc, "type", "object")
	return append(o, members(keys)...)
}

// members are the keywords of a mapping with given keys and no others, which say
// nothing of values that are no mapping.
func members(keys []key) object {
	var properties object
	var required []string
	for _, k := range keys {
		properties = append(properties, member{k.name, k.of.described(k.doc)})
		if k.must {
			required = append(required, k.name)
		}
	}
	o := obj("properties", properties, "additionalProperties", false)
	if required != nil {
		o = o.with("required", required)
	}
	return o
}

// one are the keywords of a mapping with one key. They do not stand beside the
// keys: there editors would count the line that is being typed, and offer none.
func one(o object) object {
	return o.with("allOf", []any{obj("minProperties", 1, "maxProperties", 1)})
}

// list is a list of these.
func list(of object, least int) object {
	o := obj("type", "array", "items", of)
	if least > 0 {
		o = o.with("minItems", least)
	}
	return o
}

// set is a list in which nothing stands twice.
func set(of object, least int) object { return list(of, least).with("uniqueItems", true) }

// entries is a mapping of ids to these; some words are no ids here.
func entries(of, names object, not ...string) object {
	o := obj("type", "object")
	if len(not) > 0 {
		var properties object
		for _, word := range not {
			properties = append(properties, member{word, false})
		}
		o = o.with("properties", properties)
	}
	return o.with("propertyNames", names, "additionalProperties", of)
}

// onlyBoolean is true or false. It is not written as a type, since an editor
// would then offer them: they are taken, and nobody means them.
func onlyBoolean() object {
	return obj("not", obj("type", []string{"string", "number", "array", "object", "null"}))
}

// text is text that is not empty. What looks like a number or a truth value to
// YAML is text to the reader.
func (l *language) text() object {
	return l.ref("text", func() object {
		return obj("description", "Text that is not empty.", "anyOf", []any{
			obj("type", []string{"string", "number"}, "pattern", `\S`, "patternErrorMessage", "Text is expected here."),
			onlyBoolean(),
		})
	})
}

// flag is yes or no, true or false.
func (l *language) flag() object {
	return l.ref("flag", func() object {
		return obj("description", "yes or no.", "anyOf", []any{
			obj("enum", []string{"yes", "no"}),
			obj("type", "string", "pattern", "^("+flagForm+")$"),
			onlyBoolean(),
		})
	})
}

const idMessage = "An id has small letters, digits, _ and -, begins with a letter, and has at most 64 characters."

// name is the id of something as a key.
func (l *language) name() object {
	return l.ref("name", func() object {
		return obj("title", "id", "pattern", "^"+idForm+"$", "patternErrorMessage", idMessage, "maxLength", maxID)
	})
}

// id is the id of something as a value.
func (l *language) id() object {
	return l.ref("id", func() object {
		return obj("description", idMessage, "anyOf", []any{
			obj("type", "string", "pattern", "^"+idForm+"$", "patternErrorMessage", idMessage, "maxLength", maxID),
			onlyBoolean(),
		})
	})
}

// whole is a whole number within bounds. In quotes it is one to the reader, too;
// then the schema does not see how large it is.
func whole(least, most int) object {
	return obj("type", []string{"integer", "string"}, "minimum", least, "maximum", most, "pattern", "^"+wholeForm+"$",
		"patternErrorMessage", fmt.Sprintf("A whole number from %d to %d is expected here.", least, most))
}

// number is a number with digits after the point.
func number(decimals int, least, most float64) object {
	if decimals == 0 {
		return whole(int(least), int(most))
	}
	return obj("type", []string{"number", "string"}, "minimum", least, "maximum", most, "pattern", "^"+decimalForm(decimals)+"$",
		"patternErrorMessage", fmt.Sprintf("A number from %s to %s is expected here, with a point and at most %d digits after it.", plain(least), plain(most), decimals))
}

func plain(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// words is one of a few words, each with what it means.
func words(pairs ...string) object {
	var enum, docs []string
	for i := 0; i+1 < len(pairs); i += 2 {
		enum, docs = append(enum, pairs[i]), append(docs, pairs[i+1])
	}
	return obj("enum", enum, "enumDescriptions", docs)
}

// anyCase is a pattern for these texts in any case.
func anyCase(texts []string) string {
	var b strings.Builder
	for i, text := range texts {
		if i > 0 {
			b.WriteByte('|')
		}
		for _, r := range text {
			switch same := fold(r); {
			case len(same) > 1:
				b.WriteString("[" + string(same) + "]")
			case strings.ContainsRune(`\.+*?()|[]{}^$/`, r):
				b.WriteString(`\` + string(r))
			default:
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// fold returns the letters that are the same but for their case.
func fold(r rune) []rune {
	all := []rune{r}
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		all = append(all, f)
	}
	slices.Sort(all)
	return all
}
