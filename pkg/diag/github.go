package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// WriteGitHub writes diagnostics as the workflow commands of GitHub Actions,
// which shows them beside the lines of a change: a line each, with the code as
// the title and the hint behind the message. What would end a command, or a
// value in it, is escaped as GitHub reads it back. The error is w's.
func WriteGitHub(w io.Writer, ds []Diagnostic) error {
	b := bufio.NewWriter(w)
	for _, d := range ds {
		var properties []string
		add := func(name, value string) {
			properties = append(properties, name+"="+githubProperty.Replace(Clean(value)))
		}
		if d.At.File != "" {
			add("file", d.At.File)
		}
		if d.At.Line > 0 {
			add("line", fmt.Sprint(d.At.Line))
			add("col", fmt.Sprint(d.At.Col))
		}
		add("title", d.Code)
		message := d.Message
		if d.Hint != "" {
			message += " (" + d.Hint + ")"
		}
		fmt.Fprintf(b, "::%s %s::%s\n", d.Severity, strings.Join(properties, ","), githubMessage.Replace(Clean(message)))
	}
	return b.Flush()
}

// The escapes of workflow commands. Line ends have been spelled out before.
var (
	githubMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
