package lint

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// WriteList writes all codes with what they mean, group by group in the order
// in which a pack is read. The error is w's.
func WriteList(w io.Writer) error {
	b := bufio.NewWriter(w)
	for i, group := range groups() {
		if i > 0 {
			fmt.Fprintln(b)
		}
		fmt.Fprintf(b, "%s\n", group)
		for _, p := range Codes() {
			if p.Group == group {
				fmt.Fprintf(b, "  %-28s %s\n", p.Code, p.Title)
			}
		}
	}
	return b.Flush()
}

// groups are the groups of the pages, in the order of the file.
func groups() (all []string) {
	for line := range strings.SplitSeq(pagesText, "\n") {
		if group, ok := strings.CutPrefix(line, "# "); ok {
			all = append(all, group)
		}
	}
	return all
}

// WritePages writes the pages of some codes: what is wrong, why, and an example
// before and after. The error is w's.
func WritePages(w io.Writer, all []*Page) error {
	b := bufio.NewWriter(w)
	for i, p := range all {
		if i > 0 {
			fmt.Fprintln(b)
		}
		fmt.Fprintf(b, "%s (%s; %s)\n\n%s\n\n%s\n", p.Code, p.Severity, p.Group, p.Title, p.Why)
		writeExample(b, "before", p.Before)
		writeExample(b, "after", p.After)
	}
	return b.Flush()
}

func writeExample(w io.Writer, heading, text string) {
	if text == "" {
		return
	}
	fmt.Fprintf(w, "\n%s:\n\n", heading)
	for line := range strings.SplitSeq(text, "\n") {
		fmt.Fprintln(w, strings.TrimRight("    "+line, " "))
	}
}
