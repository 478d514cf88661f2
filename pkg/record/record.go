// Package record is an assessment on disk: one person's answers, what rules
// they answer, what was recommended and what was chosen, and whether the
// interview is finished, in YAML that people can read and edit; and the writing
// of files so that nothing is ever lost to a failure half way.
//
// It refuses to judge the answers, to trust a recommendation that it reads, to
// keep more about a person than the caller gives it, and to let anybody but the
// owner read what it writes. It locks nothing: of two programs that write one
// file, the last wins, whole.
package record

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Encode returns an assessment as the text of a file: a comment that says what
// the file is, and the sheet, as answers to p whatever its Pack says.
func Encode(p *pack.Pack, s pack.Sheet) []byte {
	s.Pack = p.Identity()
	return encode(p, s)
}

func encode(p *pack.Pack, s pack.Sheet) []byte {
	next := "Decide with them: carelevel assess --answers FILE"
	if s.Draft {
		next = "The interview is not finished. The command that began it goes on with it: --resume FILE"
	}
	header := fmt.Sprintf("# Answers about one person, to the questions of: %s. Private.\n# %s\n", diag.Clean(p.Title), next)
	return append([]byte(header), p.EncodeSheet(s)...)
}

// Write keeps an assessment at path, as WriteAtomic does, for its owner only.
func Write(path string, p *pack.Pack, s pack.Sheet) error {
	return WriteAtomic(path, Encode(p, s), Private)
}

// PackWarnings says what somebody should know who uses answers that were given
// under the rules made: that the rules in use have another version, or the
// same one and another text. It says nothing where made does not tell.
func PackWarnings(p *pack.Pack, made pack.Identity) []string {
	switch {
	case made.Version != "" && made.Version != p.Version:
		return []string{fmt.Sprintf("these answers were given under version %s of the rules %s; in use is version %s", made.Version, p.ID, p.Version)}
	case made.Hash != "" && made.Hash != p.Hash:
		return []string{fmt.Sprintf("these answers were given under rules %s %s that have been edited since (%s then, %s now)", p.ID, p.Version, shortHash(made.Hash), shortHash(p.Hash))}
	}
	return nil
}

// shortHash is enough of a hash to tell two apart at a glance.
func shortHash(hash string) string {
	const digits = 12
	if h := strings.TrimPrefix(hash, "sha256:"); len(h) > digits {
		return h[:digits]
	}
	return hash
}
