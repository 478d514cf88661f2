package diag

import (
	"encoding/json"
	"io"
)

type jsonSpan struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Col     int    `json:"column,omitempty"`
	EndLine int    `json:"end_line,omitempty"`
	EndCol  int    `json:"end_column,omitempty"`
}

type jsonRelated struct {
	At      *jsonSpan `json:"at,omitempty"`
	Message string    `json:"message"`
}

type jsonDiagnostic struct {
	Code     string        `json:"code"`
	Severity string        `json:"severity"`
	At       *jsonSpan     `json:"at,omitempty"`
	Path     string        `json:"path,omitempty"`
	Message  string        `json:"message"`
	Hint     string        `json:"hint,omitempty"`
	Related  []jsonRelated `json:"related,omitempty"`
}

// WriteJSON writes diagnostics for programs: a JSON array of objects with the
// keys code, severity, at (file, line, column, end_line, end_column), path,
// message, hint and related; what is empty is left out. An empty list is
// written as []. The error is w's.
func WriteJSON(w io.Writer, ds []Diagnostic) error {
	out := make([]jsonDiagnostic, len(ds))
	for i, d := range ds {
		out[i] = jsonDiagnostic{Code: d.Code, Severity: d.Severity.String(), At: toJSON(d.At), Path: d.Path, Message: d.Message, Hint: d.Hint}
		for _, r := range d.Related {
			out[i].Related = append(out[i].Related, jsonRelated{At: toJSON(r.At), Message: r.Message})
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

func toJSON(s Span) *jsonSpan {
	if s.IsZero() {
		return nil
	}
	return &jsonSpan{s.File, s.Line, s.Col, s.EndLine, s.EndCol}
}
