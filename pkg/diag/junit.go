package diag

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
)

// WriteJUnit writes diagnostics as a JUnit report, which most build servers
// read: a suite for each file, in it a case for each diagnostic, of which
// errors fail; a file without any is a case that passes. A warning passes with
// its text as output, or fails with strict. files are all that were looked at.
// The error is w's.
func WriteJUnit(w io.Writer, files []string, ds []Diagnostic, strict bool) error {
	names := slices.Clone(files)
	for _, d := range ds {
		names = append(names, d.At.File)
	}
	slices.Sort(names)
	all := junitSuites{Name: "carelevel"}
	for _, name := range slices.Compact(names) {
		s := suiteOf(name, ds, strict)
		all.Tests, all.Failures, all.Suites = all.Tests+s.Tests, all.Failures+s.Failures, append(all.Suites, s)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func suiteOf(file string, ds []Diagnostic, strict bool) junitSuite {
	s := junitSuite{Name: Clean(file)}
	if file == "" {
		s.Name = "carelevel"
	}
	for _, d := range ds {
		if d.At.File != file {
			continue
		}
		message := Clean(d.Message)
		if d.Hint != "" {
			message += " (" + Clean(d.Hint) + ")"
		}
		text := place(d.At) + message
		if d.Path != "" {
			text += "\nin " + Clean(d.Path)
		}
		c := junitCase{Class: s.Name, Name: d.Code}
		if d.At.Line > 0 {
			c.Name = fmt.Sprintf("%s, line %d, column %d", d.Code, d.At.Line, d.At.Col)
		}
		if d.Severity == Error || strict {
			c.Failure = &junitFailure{Type: d.Code, Message: message, Text: text}
			s.Failures++
		} else {
			c.Out = "warning: " + text
		}
		s.Cases = append(s.Cases, c)
	}
	if len(s.Cases) == 0 {
		s.Cases = []junitCase{{Class: s.Name, Name: "no problems"}}
	}
	s.Tests = len(s.Cases)
	return s
}

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Failure *junitFailure `xml:"failure"`
	Out     string        `xml:"system-out,omitempty"`
}

type junitFailure struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}
