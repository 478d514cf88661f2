// Package report says what came of an assessment: as text for a terminal, as
// Markdown for a chart note, as an HTML page that prints well, and as JSON for
// programs. It also sets out what a pack and its levels say.
//
// The text, the Markdown and the page are renderings of one document, so they
// say the same things in the same order. The package decides nothing and adds
// nothing: every sentence about the person is the pack's, every state is the
// engine's. It refuses to let a level look recommended that is not determined,
// and to let a pack's or an answer's characters drive a terminal, become
// markup or run as a script.
package report

import (
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/explain"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Input is what a report is about.
type Input struct {
	Recommendation *engine.Recommendation
	Explanation    *explain.Explanation // may be nil: then what it would say is left out
	ID             string               // of the assessment, may be empty
	Date           string               // of the assessment, YYYY-MM-DD; another form is shown as it is, without dates reckoned from it
	Placement      *pack.Placement      // what people decided; nil while that is not recorded
	Recorded       *pack.Recommended    // what the record of the assessment says was recommended; nil where it does not
}

// TextOptions say how text is laid out.
type TextOptions struct {
	Width int  // columns, brought into 40 to 120; 0 is 80
	Color bool // whether escape sequences for colour may be used
}

// The columns that text can be laid out in. Wider lines are hard to read.
const (
	minWidth     = 40
	defaultWidth = 80
	maxWidth     = 120
)

func (o TextOptions) width() int {
	if o.Width == 0 {
		return defaultWidth
	}
	return min(max(o.Width, minWidth), maxWidth)
}
