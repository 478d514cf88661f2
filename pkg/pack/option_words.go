package pack

import (
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

// nearOption is the id of the option whose id or label comes nearest to a
// text, or "".
func nearOption(q *Question, text string) string {
	ids, labels := make([]string, len(q.Options)), make([]string, len(q.Options))
	for i, o := range q.Options {
		ids[i], labels[i] = o.ID, o.Label
		if strings.EqualFold(o.Label, text) {
			return o.ID
		}
	}
	if near := diag.Near(text, ids); near != "" {
		return near
	}
	if i := slices.Index(labels, diag.Near(text, labels)); i >= 0 {
		return ids[i]
	}
	return ""
}

// optionIDs lists the ids of options for a message, the first few of many.
func optionIDs(options []Option) string {
	const most = 8
	ids := make([]string, 0, most+1)
	for i, o := range options {
		if i == most && len(options) > most+1 {
			ids = append(ids, "…")
			break
		}
		ids = append(ids, o.ID)
	}
	return strings.Join(ids, ", ")
}
