package coverage

import "github.com/carelevel/carelevel/pkg/pack"

// Schema is what the JSON of a coverage calls its form.
const Schema = "carelevel.coverage/1"

type jsonReport struct {
	Pack        jsonPack         `json:"pack"`
	Cases       int              `json:"cases"`
	jsonCounts                   // of all
	Groups      []jsonGroup      `json:"groups"`
	Obligations []jsonObligation `json:"obligations"`
}

type jsonPack struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Hash    string `json:"hash"`
}

type jsonCounts struct {
	Covered    int     `json:"covered"`
	Reachable  int     `json:"reachable"`
	Impossible int     `json:"impossible"`
	Undecided  int     `json:"undecided"`
	Percent    float64 `json:"percent"`
}

type jsonGroup struct {
	Name string `json:"name"`
	jsonCounts
}

type jsonObligation struct {
	Kind    string `json:"kind"`
	State   string `json:"state"`
	About   string `json:"about"`
	Words   string `json:"words"`
	Rule    string `json:"rule,omitempty"`
	Level   string `json:"level,omitempty"`
	Verdict string `json:"verdict,omitempty"`
	Slot    string `json:"question,omitempty"`
	Value   string `json:"value,omitempty"`
	By      string `json:"by,omitempty"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
}

// JSON returns the coverage of packs as encoding/json writes it: an object with
// the keys schema and packs.
func JSON(reports []*Report) any {
	out := struct {
		Schema string       `json:"schema"`
		Packs  []jsonReport `json:"packs"`
	}{Schema, []jsonReport{}}
	for _, r := range reports {
		j := jsonReport{Pack: jsonPack{r.Pack.ID, r.Pack.Version, r.Pack.Hash}, Cases: r.Cases, jsonCounts: countsJSON(r.Count(nil)), Groups: []jsonGroup{}, Obligations: []jsonObligation{}}
		for _, g := range r.Groups() {
			j.Groups = append(j.Groups, jsonGroup{g.Name, countsJSON(g.Counts)})
		}
		for _, o := range r.Obligations {
			j.Obligations = append(j.Obligations, r.model.json(o))
		}
		out.Packs = append(out.Packs, j)
	}
	return out
}

func countsJSON(n Counts) jsonCounts {
	return jsonCounts{n.Covered, n.Reachable, n.Impossible, n.Undecided, float64(n.Percent()) / 10}
}

func (m *model) json(o *Obligation) jsonObligation {
	j := jsonObligation{Kind: o.Kind.String(), State: o.State.String(), About: m.about(o), Words: m.words(o), Verdict: o.Verdict, By: o.By, File: o.At.File, Line: o.At.Line, Column: o.At.Col}
	if o.Rule != nil {
		j.Rule = o.Rule.ID
	}
	if o.Level != nil {
		j.Level = o.Level.ID
	}
	switch o.Kind {
	case Option:
		j.Slot, j.Value = o.Question.ID, m.option(o)
	case Edge:
		in := o.Leaf.Condition.(*pack.In)
		j.Slot, j.Value = m.edge(in, o.Value)
	}
	return j
}
