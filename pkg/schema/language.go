package schema

import (
	"bytes"
	"io"
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Options say what the schema is of.
type Options struct {
	Pack  *pack.Pack // a sound one, whose ids the schema knows; nil: the rule language
	Tests bool       // of the files that end in _test.yaml, which hold cases alone; also at #/$defs/cases of the other
}

// Write writes the schema. The same pack gives the same bytes.
func Write(w io.Writer, opts Options) error {
	l := &language{p: opts.Pack, defs: make(map[string]object)}
	top := obj("$schema", "https://json-schema.org/draft/2020-12/schema", "title", opts.title(), "$comment", opts.comment())
	cases := l.ref("cases", l.caseFile)
	if opts.Tests {
		top = append(top, cases...)
	} else {
		top = append(top, l.file()...)
	}
	var b bytes.Buffer
	write(&b, top.with("$defs", l.definitions()), "")
	b.WriteByte('\n')
	_, err := w.Write(b.Bytes())
	return err
}

func (o Options) title() string {
	what := "Rules of carelevel"
	if o.Tests {
		what = "Cases of carelevel"
	}
	if o.Pack != nil {
		what += ", " + o.Pack.ID
	}
	return what
}

func (o Options) comment() string {
	command := "carelevel rules schema"
	if o.Pack != nil {
		command += " PACK"
	}
	if o.Tests {
		command += " --tests"
	}
	if o.Pack != nil {
		return "Written by '" + command + "'. Write it anew when a question, an option or another id has changed."
	}
	return "Written by '" + command + "'."
}

// language builds a schema. What is used in several places is defined once, and
// defined only if something refers to it.
type language struct {
	p    *pack.Pack // nil: any pack
	defs map[string]object
}

// ref refers to a definition, which it makes if need be.
func (l *language) ref(name string, build func() object) object {
	if _, ok := l.defs[name]; !ok {
		l.defs[name] = nil // what refers to itself comes to an end
		l.defs[name] = build()
	}
	return obj("$ref", "#/$defs/"+name)
}

// definitions are all that were referred to, by name.
func (l *language) definitions() (all object) {
	var names []string
	for name := range l.defs {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		all = append(all, member{name, l.defs[name]})
	}
	return all
}

// file is a file of rules: a whole pack, or a part of one.
func (l *language) file() object {
	return members(append([]key{
		may("pack", l.header(), "What the rules are, and the order of the levels and sections. It stands in one file of the pack."),
		may("sections", entries(l.section(), l.name()), "The questions, by section."),
		may("scores", entries(l.score(), l.name(), reserved...), "Named sums over answers, which conditions test like numbers."),
		may("conditions", entries(l.named(), l.name(), reserved...), "Conditions with a name, which others refer to by their id."),
		may("services", entries(l.service(), l.name()), "What levels consist of."),
		may("sources", entries(l.source(), l.name()), "What everything stands on."),
		may("levels", entries(l.level(), l.name()), "The levels of care, each with its criteria."),
		may("warnings", list(l.note("warning", "Something to look at, whatever the level.", l.condition()), 0), "What has to be looked at, whatever the level. None of them moves the recommendation."),
		may("contradictions", list(l.contradiction(), 0), "Answers that do not go together."),
		may("barriers", list(l.note("barrier", "Something in the way of taking part, to be solved.", l.condition()), 0), "What is in the way of taking part, and what could be done about it."),
		may("guarantees", list(l.guarantee(), 0), "Sentences that must be true of all answers; rules verify proves them."),
		may("allow", list(l.allow(), 0), "Warnings of rules check that may stand, each with the reason."),
	}, l.cases()...)).with("type", "object")
}

// caseFile is a file that ends in _test.yaml. It is a definition of the schema
// of rules, too, so that one file on disk is enough: schema.json#/$defs/cases.
func (l *language) caseFile() object {
	return mapping("Cases", "A file of profiles, tests and courses.", l.cases()...)
}

func (l *language) cases() []key {
	return []key{
		may("profiles", entries(l.answers(), l.name()), "Answers with a name, that tests start from."),
		may("tests", list(l.test(), 0), "Cases: answers, and what must come of them."),
		may("courses", list(l.courseTest(), 0), "Cases over time: the assessments of one person, and what must come of each."),
	}
}

// reserved words cannot be ids of what conditions test or refer to.
var reserved = []string{"all", "any", "none", "at_least", "answers"}

func (l *language) header() object {
	return mapping("Pack", "What the rules are.",
		need("id", l.id(), "The name of the pack in files and results: small letters, digits, _ and -."),
		need("version", obj("type", "string", "pattern", `^\s*(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\s*$`,
			"patternErrorMessage", "A version has three parts, MAJOR.MINOR.PATCH, such as 1.0.0.", "examples", []string{"1.0.0"}),
			"MAJOR.MINOR.PATCH. Raise MAJOR where a recommendation or a question changes, MINOR for what is added, PATCH for wording."),
		need("title", l.text(), "What people call the rules."),
		need("description", l.text(), "What the rules are about, in a few sentences."),
		need("population", l.text(), "Whom they are for."),
		need("intended_use", l.text(), "Who may use them, and for what."),
		need("levels", set(l.levelID(), 1).with("maxItems", maxLevels), "The levels from least to most intensive. The first is recommended where nothing argues for more."),
		need("sections", set(l.sectionID(), 0), "The sections in the order of the interview."),
		need("limits", l.statements(), "What the rules cannot do; printed with every result."),
	)
}

func (l *language) section() object {
	return l.ref("section", func() object {
		return mapping("Section", "Questions under a heading.",
			need("title", l.text(), "The heading."),
			may("help", l.text(), "What holds for all questions of the section, such as the time they are about."),
			need("questions", entries(l.question(), l.name(), reserved...).with("minProperties", 1), "The questions, by id, in the order in which they are asked."),
		)
	})
}

func (l *language) source() object {
	return l.ref("source", func() object {
		return mapping("Source", "Where criteria and statements come from.",
			need("title", l.text(), "Authors, title, publisher: enough to find it."),
			may("url", obj("type", "string", "pattern", `^\s*https?://`, "patternErrorMessage", "A web address begins with https://."), "Its web address."),
			may("date", l.text(), "When it was published, as it says itself."),
			may("note", l.text(), "How it was used here."),
		)
	})
}

// statements are sentences, each a text, or a text with sources.
func (l *language) statements() object {
	return list(l.ref("statement", func() object {
		return l.textOr("Statement", "A sentence, or a mapping of text and sources.",
			need("text", l.text(), "The sentence."),
			may("sources", l.sources(0), "What it stands on."),
		)
	}), 0)
}

// textOr is a text, or a mapping. The alternatives stand beside the keys and not
// in each other, so that an editor says what is wrong with a key.
func (l *language) textOr(title, doc string, keys ...key) object {
	return append(obj("title", title, "description", doc, "anyOf", []any{
		obj("type", []string{"string", "number", "object"}, "pattern", `\S`, "patternErrorMessage", "Text is expected here."),
		onlyBoolean(),
	}), members(keys)...)
}

// sources is a list of sources, of which at least so many are needed.
func (l *language) sources(least int) object { return set(l.sourceID(), least) }

// named is a condition with a name.
func (l *language) named() object {
	return l.ref("named-condition", func() object {
		return mapping("Named condition", "A condition that others refer to by its id.",
			need("title", l.text(), "A few words that fit into a sentence, such as “an unstable home”."),
			need("when", l.condition(), "The condition."),
		)
	})
}
