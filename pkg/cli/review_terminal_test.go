//go:build unix

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// lastAssessment writes the earlier assessment of somebody who is in the
// program, and returns its path and that of the rules.
func lastAssessment(t *testing.T) (record, rules string) {
	t.Helper()
	rules, err := filepath.Abs(filepath.Join("..", "report", "testdata", "review.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	record = filepath.Join(t.TempDir(), "february.yaml")
	text := `schema: carelevel.assessment/1
id: p-17
date: "2026-02-02"
placement: {level: iop, by: nurse, date: "2026-02-02"}
answers: {danger: no, risk: none, functioning: kept, phq9: 8, missed: 0, goals: [coping], coming_from: home, next: yes}
`
	if err := os.WriteFile(record, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return record, rules
}

// TestReviewAtATerminal: one key confirms what was answered last time, and does
// nothing where that has to be answered afresh.
func TestReviewAtATerminal(t *testing.T) {
	last, rules := lastAssessment(t)
	tm := atTerminal(t, "tmux-256color", "review", last, "--rules", rules, "--no-pager", "--order", "pack", "--date", "2026-03-02", "--save", "march.yaml")
	tm.waitFor("Answer it afresh.")
	tm.press("=", down, down, enter) // the sign does nothing
	tm.waitFor("thoughts of suicide best")
	tm.press("=", down, enter)
	tm.waitFor("Kept up. Type = to confirm.")
	tm.press("=")
	tm.waitFor("The total of PHQ-9")
	tm.press("7", enter)
	tm.waitFor("Last time (2026-02-02): yes. Type = to confirm.")
	tm.press("=")
	tm.waitFor("whether to step")
	tm.press(enter)
	if code := tm.end(); code != exitDone {
		t.Errorf("exit code %d:\n%s", code, tm.seen)
	}
	after := escapes.ReplaceAllString(tm.seen[strings.LastIndex(tm.seen, "questions asked"):], "")
	for _, want := range []string{"questions asked, 2 confirmed as last time", "Ready to step down: Outpatient care", "assessment p-17"} {
		if !strings.Contains(after, want) {
			t.Errorf("%q is not shown after the interview:\n%s", want, after)
		}
	}
	record, err := os.ReadFile(filepath.Join(tm.cmd.Dir, "march.yaml"))
	for _, want := range []string{"id: \"p-17\"", "risk: none", "functioning: kept", "phq9: 7", "next: yes"} {
		if err != nil || !bytes.Contains(record, []byte(want)) {
			t.Errorf("%q is not in the record: %v\n%s", want, err, record)
		}
	}
	if bytes.Contains(record, []byte("missed")) || bytes.Contains(record, []byte("goals")) {
		t.Errorf("an answer that was not asked for is taken over:\n%s", record)
	}
}

// TestEnterConfirmsNothingInAReview: whoever only presses Enter leaves
// everything open, and no verdict comes of it.
func TestEnterConfirmsNothingInAReview(t *testing.T) {
	last, rules := lastAssessment(t)
	tm := atTerminal(t, "tmux-256color", "review", last, "--rules", rules, "--no-pager", "--order", "pack", "--date", "2026-03-02")
	for _, question := range []string{"life in danger", "thoughts of suicide best", "does the person function", "The total of PHQ-9", "next appointment confirmed"} {
		tm.waitFor(question)
		tm.press(enter)
	}
	tm.waitFor("not determined")
	tm.press(enter)
	if code := tm.end(); code != exitUndetermined {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(tm.seen, "Undetermined: ") || strings.Contains(tm.seen, "confirmed as last time") {
		t.Errorf("something was taken over:\n%s", escapes.ReplaceAllString(tm.seen, ""))
	}
}
