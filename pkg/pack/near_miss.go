package pack

import (
	"strconv"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

// NearMiss returns the word that stands at a diagnostic's place and the one
// that was probably meant, where the diagnostic names one and the text of the
// file still has the word there, on its line, from and to the byte offsets. The
// text is the file's without a byte order mark.
func NearMiss(d diag.Diagnostic, text *diag.Text) (found, meant string, from, to int, ok bool) {
	head, _, _ := strings.Cut(didYouMean("\x00"), strconv.Quote("\x00"))
	quoted, is := strings.CutPrefix(d.Hint, head)
	meant, err := strconv.Unquote(strings.TrimSuffix(quoted, "?"))
	if !is || err != nil || d.At.Line == 0 || d.At.EndLine != d.At.Line || !isID(meant) {
		return "", "", 0, 0, false
	}
	line := text.Line(d.At.Line)
	from, to = byteColumn(line, d.At.Col), byteColumn(line, d.At.EndCol)
	found = strings.Trim(line[from:to], `"'`)
	if found == "" || strings.ContainsAny(found, "[]{}") || !strings.Contains(d.Message, quoteShort(found)) {
		return "", "", 0, 0, false
	}
	if line[from] == '"' || line[from] == '\'' {
		from, to = from+1, to-1
	}
	return found, meant, from, to, true
}
