package mutate

import (
	"fmt"
	"slices"
	"strings"
)

// context is how many lines are shown around a change.
const context = 2

// unified is the difference that edits make, file by file.
func unified(edits []edit) string {
	var b strings.Builder
	var files []*file
	for _, e := range edits {
		if !slices.Contains(files, e.file) {
			files = append(files, e.file)
		}
	}
	for _, f := range files {
		fmt.Fprintf(&b, "--- %s\n+++ %s\n", f.name, f.name)
		f.hunks(&b, edits)
	}
	return b.String()
}

// hunk is a run of lines that becomes other lines.
type hunk struct {
	from, to int // offsets of whole lines
	edits    []edit
}

// hunks writes those of one file. What lies close together is one.
func (f *file) hunks(b *strings.Builder, edits []edit) {
	own := slices.DeleteFunc(slices.Clone(edits), func(e edit) bool { return e.file != f })
	slices.SortStableFunc(own, func(a, b edit) int { return a.start - b.start })
	var all []hunk
	for _, e := range own {
		from, to := f.lineStart(e.start), e.end
		if to == from || f.data[to-1] != '\n' || e.start == to && e.start != from {
			to = f.nextLine(to)
		}
		if e.start == e.end && e.start == from && strings.HasSuffix(e.text, "\n") {
			to = from
		}
		if n := len(all) - 1; n >= 0 && f.line(from) <= f.line(all[n].to)+2*context {
			all[n].to, all[n].edits = max(to, all[n].to), append(all[n].edits, e)
			continue
		}
		all = append(all, hunk{from, to, []edit{e}})
	}
	moved := 0
	for _, h := range all {
		moved += f.writeHunk(b, h, moved)
	}
}

// writeHunk writes one, and returns by how many lines it makes the file longer.
func (f *file) writeHunk(b *strings.Builder, h hunk, moved int) int {
	old := lines(string(f.data[h.from:h.to]))
	new := lines(string(f.applyTo(h.from, h.to, h.edits)))
	first := f.line(h.from)
	for len(old) > 0 && len(new) > 0 && old[0] == new[0] {
		old, new, first = old[1:], new[1:], first+1
	}
	for len(old) > 0 && len(new) > 0 && old[len(old)-1] == new[len(new)-1] {
		old, new = old[:len(old)-1], new[:len(new)-1]
	}
	all := lines(string(f.data))
	before := all[max(0, first-1-context) : first-1]
	after := all[min(len(all), first-1+len(old)):min(len(all), first-1+len(old)+context)]
	around := len(before) + len(after)
	fmt.Fprintf(b, "@@ -%d,%d +%d,%d @@\n", first-len(before), len(old)+around, first-len(before)+moved, len(new)+around)
	for _, part := range []struct {
		mark  string
		lines []string
	}{{" ", before}, {"-", old}, {"+", new}, {" ", after}} {
		for _, line := range part.lines {
			fmt.Fprintf(b, "%s%s\n", part.mark, line)
		}
	}
	return len(new) - len(old)
}

// lines cuts a text into lines without their ends.
func lines(text string) []string {
	if text == "" {
		return nil
	}
	all := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i := range all {
		all[i] = strings.TrimSuffix(all[i], "\r")
	}
	return all
}

// tell is what is reported of a trial.
func (w *worker) tell(t *trial) Mutant {
	s := t.m.site
	m := Mutant{Kind: s.kind, ID: s.id, Change: t.m.change, Words: t.m.words, File: s.file.name, Line: s.file.line(t.m.at.Start),
		Status: t.status, Killer: t.killer, Unknown: t.unknown, OverTime: t.overTime(), Case: t.found, Guarantees: t.broken, edits: t.m.edits}
	if t.status == Survived {
		m.Diff = unified(t.m.edits)
	}
	return m
}
