package lint

import (
	"fmt"
	"strings"
)

const (
	diffContext = 3
	mostCells   = 4_000_000 // of the table that finds what two texts have in common
)

// Diff returns the difference of two texts in the unified form, with name in
// both headings; "" where there is none. Line ends count. Texts that are too
// different for the shortest one get a longer one.
func Diff(name string, before, after []byte) string {
	a, b := splitLines(string(before)), splitLines(string(after))
	steps := align(a, b)
	var out strings.Builder
	for from := 0; from < len(steps); {
		first, last := nextHunk(steps, from)
		if first < 0 {
			break
		}
		if out.Len() == 0 {
			fmt.Fprintf(&out, "--- %s\n+++ %s\n", name, name)
		}
		writeHunk(&out, steps[first:last])
		from = last
	}
	return out.String()
}

// step is one line that is kept (' '), taken away or added; old and new are
// how many lines of each text come before it.
type step struct {
	sign     byte
	line     string
	old, new int
}

func splitLines(text string) []string {
	lines := strings.SplitAfter(text, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// align finds what two texts have in common: lines at both ends, and a longest
// common subsequence of what is between.
func align(a, b []string) []step {
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < len(a)-start && end < len(b)-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	var steps []step
	add := func(sign byte, line string, i, j int) { steps = append(steps, step{sign, line, i, j}) }
	for i := range start {
		add(' ', a[i], i, i)
	}
	middle(a[start:len(a)-end], b[start:len(b)-end], func(sign byte, i, j int) {
		line := ""
		if sign == '+' {
			line = b[start+j]
		} else {
			line = a[start+i]
		}
		add(sign, line, start+i, start+j)
	})
	for k := end; k > 0; k-- {
		add(' ', a[len(a)-k], len(a)-k, len(b)-k)
	}
	return steps
}

// middle walks through two texts that begin and end differently.
func middle(a, b []string, visit func(sign byte, i, j int)) {
	width := len(b) + 1
	var common []int32 // of a[i:] and b[j:]
	if (len(a)+1)*width <= mostCells {
		common = make([]int32, (len(a)+1)*width)
		for i := len(a) - 1; i >= 0; i-- {
			for j := len(b) - 1; j >= 0; j-- {
				if a[i] == b[j] {
					common[i*width+j] = common[(i+1)*width+j+1] + 1
				} else {
					common[i*width+j] = max(common[(i+1)*width+j], common[i*width+j+1])
				}
			}
		}
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case common != nil && i < len(a) && j < len(b) && a[i] == b[j]:
			visit(' ', i, j)
			i, j = i+1, j+1
		case i < len(a) && (j == len(b) || common == nil || common[(i+1)*width+j] >= common[i*width+j+1]):
			visit('-', i, j)
			i++
		default:
			visit('+', i, j)
			j++
		}
	}
}

// nextHunk returns the next group of changes with the lines around them.
func nextHunk(steps []step, from int) (first, last int) {
	first = -1
	for i := from; i < len(steps); i++ {
		if steps[i].sign == ' ' {
			continue
		}
		if first < 0 {
			first = max(from, i-diffContext)
		} else if i-last > diffContext {
			break
		}
		last = min(len(steps), i+1+diffContext)
	}
	return first, last
}

func writeHunk(out *strings.Builder, steps []step) {
	removed, added := 0, 0
	for _, s := range steps {
		if s.sign != '+' {
			removed++
		}
		if s.sign != '-' {
			added++
		}
	}
	fmt.Fprintf(out, "@@ -%s +%s @@\n", hunkRange(steps[0].old, removed), hunkRange(steps[0].new, added))
	for _, s := range steps {
		out.WriteByte(s.sign)
		out.WriteString(strings.TrimSuffix(s.line, "\n"))
		out.WriteByte('\n')
		if !strings.HasSuffix(s.line, "\n") {
			out.WriteString("\\ No newline at end of file\n")
		}
	}
}

// hunkRange is where lines begin and how many they are; none begin at the line
// before.
func hunkRange(before, count int) string {
	if count == 0 {
		return fmt.Sprintf("%d,0", before)
	}
	return fmt.Sprintf("%d,%d", before+1, count)
}
