package report

import (
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/pack"
)

type placementCase struct {
	name, of string // the case
	at       pack.Placement
	then     []string
	glance   string // what is said of it at a glance
}

// placements are one for each way of standing to what is recommended.
var placements = []placementCase{
	{"same", "iop", pack.Placement{Level: "iop", By: "team", Date: "2026-02-01"}, []string{"iop"}, "IOP, as recommended"},
	{"lower", "iop", pack.Placement{Level: "outpatient", By: "psychologist", Date: "2026-02-01", Reason: "not_available", Text: "No place before June;\ntwo sessions a week until then."},
		[]string{"iop"}, "Outpatient, less than the recommended IOP (not available)"},
	{"higher", "outpatient", pack.Placement{Level: "iop", By: "nurse", Date: "2026-02-01", Reason: "wants_more"}, []string{"outpatient"},
		"IOP, more than the recommended outpatient (the person wants more)"},
	{"emergency", "crisis", pack.Placement{Level: "inpatient", By: "psychiatrist", Date: "2026-01-30", Reason: "other", Text: "Brought in already."}, []string{"crisis"},
		"Inpatient, less than the recommended crisis (another reason)"},
	{"undetermined", "undetermined", pack.Placement{Level: "iop", By: "team", Date: "2026-02-01"}, []string{"outpatient", "iop"}, "IOP, while it is undetermined what to recommend"},
	{"below", "undetermined", pack.Placement{Level: "outpatient", By: "team", Date: "2026-02-01", Reason: "person_declines"}, []string{"iop", "php"},
		"Outpatient, less than what can still be recommended (the person declines)"},
	{"gone", "iop", pack.Placement{Level: "day_program", By: "team", Date: "2026-02-01"}, []string{"day_program"}, "day_program, which these rules do not have"},
}

func placedInput(t *testing.T, i int) Input {
	t.Helper()
	c := placements[i]
	in := inputOf(t, c.of)
	if c.name == "below" {
		in.Recommendation.Possible = in.Recommendation.Pack.Levels[1:3]
	}
	in.Placement, in.Recorded = &c.at, &pack.Recommended{Levels: c.then}
	return in
}

func TestPlacementAtAGlance(t *testing.T) {
	for i, c := range placements {
		d := build(placedInput(t, i))
		n := slices.IndexFunc(d.Glance, func(f fact) bool { return f.Label == "Placement" })
		if n != 0 || d.Glance[n].Value.Text != c.glance {
			t.Errorf("%s: at %d of %+v, want %q", c.name, n, d.Glance, c.glance)
		}
	}
}

func TestPlacementReports(t *testing.T) {
	for i, c := range placements {
		in := placedInput(t, i)
		all := text(t, in, TextOptions{})
		_, section, _ := strings.Cut(all, "\nPlacement\n")
		section, _, _ = strings.Cut(section, "\n\n")
		golden(t, "placement-"+c.name+".txt", section+"\n")
		if c.name == "lower" {
			golden(t, "placement.txt", all)
			golden(t, "placement.md", rendered(t, func(w io.Writer) error { return Markdown(w, in) }))
			golden(t, "placement.html", withoutStyle(rendered(t, func(w io.Writer) error { return HTML(w, in) })))
		}
	}
}

func TestPlacementJSON(t *testing.T) {
	in := placedInput(t, 1)
	for _, tt := range []struct {
		change func()
		want   string
	}{
		{func() {}, `{"level":"outpatient","by":"psychologist","date":"2026-02-01","reason":"not_available","text":"No place before June;\ntwo sessions a week until then.","recommended":["iop"]}`},
		{func() { in.Recorded, in.Placement.Reason, in.Placement.Text = nil, "", "" }, `{"level":"outpatient","by":"psychologist","date":"2026-02-01","reason":null,"text":"","recommended":[]}`},
		{func() { in.Placement = nil }, `null`},
	} {
		tt.change()
		var got struct{ Placement json.RawMessage }
		if err := json.Unmarshal([]byte(rendered(t, func(w io.Writer) error { return JSONLine(w, in) })), &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, string(got.Placement)); diff != "" {
			t.Error(diff)
		}
	}
}

// What somebody writes into a record cannot drive a terminal or become markup.
func TestHostilePlacements(t *testing.T) {
	for _, s := range hostile {
		in := inputOf(t, "iop")
		in.Placement = &pack.Placement{Level: s, By: s, Date: s, Reason: s, Text: s}
		in.Recorded = &pack.Recommended{Levels: []string{s, "iop"}}
		safeTerminal(t, text(t, in, TextOptions{Width: 60}))
		safeMarkdown(t, rendered(t, func(w io.Writer) error { return Markdown(w, in) }))
		safePage(t, rendered(t, func(w io.Writer) error { return HTML(w, in) }))
		if got := rendered(t, func(w io.Writer) error { return JSON(w, in) }); !json.Valid([]byte(got)) {
			t.Errorf("no JSON: %q", got)
		}
	}
}
