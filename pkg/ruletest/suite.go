package ruletest

import (
	"encoding/json"
	"io"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Suite is a pack and what came of its cases.
type Suite struct {
	Pack    *pack.Pack
	Results []Result
}

// Schema is what the JSON of results calls its form.
const Schema = "carelevel.tests/1"

type jsonSuite struct {
	Pack  jsonPack   `json:"pack"`
	OK    bool       `json:"ok"`
	Count jsonCounts `json:"count"`
	Cases []jsonCase `json:"cases"`
}

type jsonPack struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Hash    string `json:"hash"`
}

type jsonCounts struct {
	Pass  int `json:"pass"`
	Fail  int `json:"fail"`
	Error int `json:"error"`
	Skip  int `json:"skip"`
}

type jsonCase struct {
	Name     string        `json:"name"`
	Kind     string        `json:"kind"`
	Status   string        `json:"status"`
	Reason   string        `json:"reason,omitempty"`
	File     string        `json:"file"`
	Line     int           `json:"line"`
	Column   int           `json:"column"`
	Failures []jsonFailure `json:"failures"`
	Decided  []string      `json:"decided"`
}

type jsonFailure struct {
	What     string `json:"what"`
	Expected string `json:"expected"`
	Got      string `json:"got"`
	Day      *int   `json:"day,omitempty"`
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
}

// JSON returns the results as encoding/json writes them: an object with the
// keys schema and packs.
func JSON(suites []Suite) any {
	out := struct {
		Schema string      `json:"schema"`
		Packs  []jsonSuite `json:"packs"`
	}{Schema, []jsonSuite{}}
	for _, s := range suites {
		n := Count(s.Results)
		j := jsonSuite{Pack: jsonPack{s.Pack.ID, s.Pack.Version, s.Pack.Hash}, OK: n.OK(), Count: jsonCounts{n[Pass], n[Fail], n[Error], n[Skip]}, Cases: []jsonCase{}}
		for _, r := range s.Results {
			j.Cases = append(j.Cases, caseJSON(r))
		}
		out.Packs = append(out.Packs, j)
	}
	return out
}

func caseJSON(r Result) jsonCase {
	at := r.At()
	c := jsonCase{Name: r.Name(), Kind: "test", Status: r.Status.String(), Reason: r.Reason, File: at.File, Line: at.Line, Column: at.Col, Failures: []jsonFailure{}, Decided: append([]string{}, r.Decided...)}
	if r.Course != nil {
		c.Kind = "course"
	}
	for _, f := range r.Failures {
		j := jsonFailure{What: f.What, Expected: f.Expected, Got: f.Got, File: f.At.File, Line: f.At.Line, Column: f.At.Col}
		if r.Course != nil {
			j.Day = &f.Day
		}
		c.Failures = append(c.Failures, j)
	}
	return c
}

// WriteJSON writes the results as JSON. The error is w's.
func WriteJSON(w io.Writer, suites []Suite) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(JSON(suites))
}
