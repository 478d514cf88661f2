package report

import (
	"io"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// WhySchema names the form of what WhyJSON writes.
const WhySchema = "carelevel.why/1"

// whyResult is the JSON of why a recommendation is, or is not, one level.
type whyResult struct {
	Schema   string         `json:"schema"`
	Pack     packResult     `json:"pack"`
	ID       string         `json:"id"`
	Date     string         `json:"date"`
	Status   string         `json:"status"`
	Level    *string        `json:"level"`
	Possible []string       `json:"possible"`
	Asked    string         `json:"asked"`
	Standing string         `json:"standing"` // recommended, possible, too_little, too_much
	For      []whyReason    `json:"for"`      // hold at this level, or are open
	Against  []whyReason    `json:"against"`  // for less: what argues for more; for more: its reasons that do not hold
	Nearest  []changeResult `json:"nearest"`
}

type whyReason struct {
	Criterion string   `json:"criterion"`
	Level     string   `json:"level"`
	State     string   `json:"state"`
	Because   string   `json:"because"`
	Takes     string   `json:"takes"`
	Answers   object   `json:"answers"`
	Missing   []string `json:"missing"`
	Sources   []string `json:"sources"`
}

// WhyJSON is WhyText for programs.
func WhyJSON(w io.Writer, in Input, l *pack.Level) error {
	r := in.Recommendation
	b := resulter{r, r.Pack, reasonsOf(in.Explanation)}
	out := whyResult{Schema: WhySchema, Pack: newPackResult(r.Pack), ID: in.ID, Date: in.Date, Status: "undetermined",
		Possible: levelIDs(r.Possible), Asked: l.ID, Standing: standingOf(r, l).String(), For: []whyReason{}, Against: []whyReason{},
		Nearest: b.changes(b.why.nearestTo(l))}
	if r.Level != nil {
		out.Status, out.Level = "determined", &r.Level.ID
	}
	for _, f := range append(slices.Clone(r.Indications), r.Open...) {
		if f.Criterion.Level == l {
			out.For = append(out.For, b.whyReason(f))
		}
	}
	switch standingOf(r, l) {
	case tooLittle:
		for _, f := range b.why.above(r, l) {
			out.Against = append(out.Against, b.whyReason(f))
		}
	case tooMuch:
		for _, f := range b.why.notHolding(l) {
			out.Against = append(out.Against, b.whyReason(f))
		}
	}
	return writeJSON(w, out, "  ")
}

func (b resulter) whyReason(f engine.Finding) whyReason {
	c := f.Criterion
	q := whyReason{Criterion: c.ID, Level: c.Level.ID, State: f.State.String(), Because: c.Because,
		Takes: b.p.Describe(c.When), Answers: object{}, Missing: []string{}, Sources: sourceIDs(c.Sources)}
	if f.State == engine.Unknown {
		q.Missing = b.slotIDs(f.Slots)
	} else {
		q.Answers = b.object(f.Slots)
	}
	return q
}
