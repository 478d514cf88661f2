package ruletest

import (
	"encoding/xml"
	"io"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

type junitSuites struct {
	XMLName struct{} `xml:"testsuites"`
	junitCounts
	Suites []junitSuite `xml:"testsuite"`
}

type junitCounts struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Skipped  int `xml:"skipped,attr"`
}

type junitSuite struct {
	Name string `xml:"name,attr"`
	junitCounts
	Cases []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string       `xml:"name,attr"`
	Class   string       `xml:"classname,attr"`
	File    string       `xml:"file,attr"`
	Line    int          `xml:"line,attr"`
	Failure *junitDetail `xml:"failure"`
	Error   *junitDetail `xml:"error"`
	Skipped *junitDetail `xml:"skipped"`
}

type junitDetail struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

func (n *junitCounts) add(c Counts) {
	n.Tests += c.All()
	n.Failures += c[Fail]
	n.Errors += c[Error]
	n.Skipped += c[Skip]
}

// WriteJUnit writes the results in the form that build servers read: a
// testsuite for each pack. Times are left out, so that the same cases give the
// same bytes. The error is w's.
func WriteJUnit(w io.Writer, suites []Suite) error {
	var all junitSuites
	for _, s := range suites {
		j := junitSuite{Name: diag.Clean(s.Pack.ID)}
		j.add(Count(s.Results))
		all.add(Count(s.Results))
		for _, r := range s.Results {
			j.Cases = append(j.Cases, junitOf(s.Pack.ID, r))
		}
		all.Suites = append(all.Suites, j)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(&all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func junitOf(packID string, r Result) junitCase {
	at := r.At()
	c := junitCase{Name: diag.Clean(r.Name()), Class: diag.Clean(packID), File: diag.Clean(at.File), Line: at.Line}
	switch r.Status {
	case Fail:
		var text strings.Builder
		writeFailure(&text, r)
		c.Failure = &junitDetail{Message: diag.Clean(r.Failures[0].String()), Type: "expectation", Text: text.String()}
	case Error:
		c.Error = &junitDetail{Message: diag.Clean(r.Reason), Type: "undecided"}
	case Skip:
		c.Skipped = &junitDetail{Message: diag.Clean(r.Reason)}
	}
	return c
}
