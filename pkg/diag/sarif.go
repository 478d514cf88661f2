package diag

import (
	"encoding/json"
	"io"
	"net/url"
	"slices"
)

// Tool is the program that found the diagnostics of a SARIF log.
type Tool struct {
	Name    string
	Version string            // semantic; may be empty
	Rules   map[string]string // what a code means, in a sentence; may lack some
}

// WriteSARIF writes diagnostics as a SARIF 2.1.0 log of one run, which code
// hosts show beside the lines that they are about. The rule of a result is the
// code of its diagnostic; its message is that of the diagnostic with the hint.
// Columns count characters. Places name files as the diagnostics do, relative
// to where the program ran. The error is w's.
func WriteSARIF(w io.Writer, tool Tool, ds []Diagnostic) error {
	rules := codes(ds)
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: make([]sarifResult, len(ds))}
	run.Tool.Driver = sarifDriver{Name: tool.Name, Version: tool.Version, Rules: make([]sarifRule, len(rules))}
	for i, code := range rules {
		run.Tool.Driver.Rules[i] = sarifRule{ID: code, Short: sarifText(tool.Rules[code])}
	}
	for i, d := range ds {
		run.Results[i] = toSARIF(d, slices.Index(rules, d.Code))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

// codes returns the codes of diagnostics, sorted, each once.
func codes(ds []Diagnostic) []string {
	out := make([]string, 0, len(ds))
	for _, d := range ds {
		out = append(out, d.Code)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func toSARIF(d Diagnostic, rule int) sarifResult {
	message := d.Message
	if d.Hint != "" {
		message += " (" + d.Hint + ")"
	}
	r := sarifResult{RuleID: d.Code, RuleIndex: rule, Level: d.Severity.String(), Message: sarifMessage{message}}
	if at, ok := location(d.At); ok {
		if d.Path != "" {
			at.Logical = []sarifLogical{{d.Path}}
		}
		r.Locations = []sarifLocation{at}
	}
	for i, related := range d.Related {
		if at, ok := location(related.At); ok {
			at.ID = i + 1
			at.Message = sarifText(related.Message)
			r.Related = append(r.Related, at)
		}
	}
	return r
}

// location is a place in a file; there is none where the span names no file.
func location(s Span) (at sarifLocation, ok bool) {
	if s.File == "" {
		return at, false
	}
	at.Physical.Artifact.URI = (&url.URL{Path: s.File}).EscapedPath()
	if s.Line > 0 {
		at.Physical.Region = &sarifRegion{s.Line, s.Col, s.EndLine, s.EndCol}
	}
	return at, true
}

func sarifText(s string) *sarifMessage {
	if s == "" {
		return nil
	}
	return &sarifMessage{s}
}

// The parts of a log, with the names of the standard (OASIS, SARIF 2.1.0).

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool struct {
		Driver sarifDriver `json:"driver"`
	} `json:"tool"`
	ColumnKind string        `json:"columnKind"`
	Results    []sarifResult `json:"results"`
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version string      `json:"version,omitempty"`
	Rules   []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID    string        `json:"id"`
	Short *sarifMessage `json:"shortDescription,omitempty"`
}

type sarifMessage struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID    string          `json:"ruleId"`
	RuleIndex int             `json:"ruleIndex"`
	Level     string          `json:"level"`
	Message   sarifMessage    `json:"message"`
	Locations []sarifLocation `json:"locations,omitempty"`
	Related   []sarifLocation `json:"relatedLocations,omitempty"`
}

type sarifLocation struct {
	ID       int            `json:"id,omitempty"`
	Physical sarifPhysical  `json:"physicalLocation"`
	Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	Message  *sarifMessage  `json:"message,omitempty"`
}

type sarifPhysical struct {
	Artifact struct {
		URI string `json:"uri"`
	} `json:"artifactLocation"`
	Region *sarifRegion `json:"region,omitempty"`
}

type sarifRegion struct {
	Line    int `json:"startLine"`
	Col     int `json:"startColumn,omitempty"`
	EndLine int `json:"endLine,omitempty"`
	EndCol  int `json:"endColumn,omitempty"`
}

type sarifLogical struct {
	Name string `json:"fullyQualifiedName"`
}
