package report

import (
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// marks numbers sources in the order in which the document first cites them.
func (b *builder) marks(sources []*pack.Source) []int {
	var out []int
	for _, s := range sources {
		n := b.cited[s]
		if n == 0 {
			b.sources = append(b.sources, s)
			n = len(b.sources)
			b.cited[s] = n
		}
		out = append(out, n)
	}
	return out
}

func (b *builder) line(text string, sources []*pack.Source) line {
	return line{clean(text), b.marks(sources)}
}

func (b *builder) statement(s pack.Statement) line { return b.line(s.Text, s.Sources) }

func (b *builder) statements(all []pack.Statement) []item {
	var out []item
	for _, s := range all {
		out = append(out, item{Text: b.statement(s)})
	}
	return out
}

// phrases are statements as parts of a paragraph.
func (b *builder) phrases(all []pack.Statement) []phrase {
	var out []phrase
	for _, s := range all {
		out = append(out, phrase{Text: b.line(strings.TrimSuffix(s.Text, "."), s.Sources)})
	}
	return out
}

// citations lists what was cited, once everything that cites has been built.
func (b *builder) citations() []citation {
	var out []citation
	for i, s := range b.sources {
		out = append(out, citation{Number: i + 1, Title: clean(orElse(s.Title, s.ID)), Date: clean(s.Date), URL: clean(s.URL)})
	}
	return out
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// close writes what stands below everything else.
func (b *builder) close() {
	b.doc.Sources = b.citations()
	b.doc.Rules = rulesName(b.p)
	b.doc.Hash = clean(b.p.Hash)
	b.doc.Footer = "Decision support: the clinician decides."
}

// rulesName says which rules were used; the hash is short, for people to
// compare.
func rulesName(p *pack.Pack) string {
	return clean(p.ID) + " " + clean(p.Version) + " (" + shortHash(p.Hash) + ")"
}

// shortHash is as much of a hash as tells two versions of a pack apart.
func shortHash(hash string) string {
	const digits = 12
	h := clean(strings.TrimPrefix(hash, "sha256:"))
	if len(h) > digits && isASCII(h) {
		h = h[:digits]
	}
	return orElse(h, "no hash")
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 126 }) < 0
}
