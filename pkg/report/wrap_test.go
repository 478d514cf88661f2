package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		name  string
		runs  []run
		width int
		want  string
	}{
		{"fits", []run{{"a short line", plain}}, 20, "a short line"},
		{"at spaces", []run{{"one two three four", plain}}, 9, "one two\nthree\nfour"},
		{"exactly", []run{{"one two three", plain}}, 13, "one two three"},
		{"nothing", nil, 10, ""},
		{"a word longer than the line", []run{{"a pneumonoultramicroscopic b", plain}}, 10, "a\npneumonoul\ntramicrosc\nopic b"},
		{"an address stays whole", []run{{"see https://example.org/a/long/way/down now", plain}}, 12, "see\nhttps://example.org/a/long/way/down\nnow"},
		{"wide characters break anywhere", []run{{"自殺の危険はありますか", plain}}, 8, "自殺の危\n険はあり\nますか"},
		{"no line begins with a full stop", []run{{"自殺の危。険", plain}}, 8, "自殺の\n危。険"},
		{"marks stay with their letters", []run{{"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", plain}}, 8,
			"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301\ne\u0301"},
		{"styles join without a space", []run{{"not ", bold}, {"met", plain}, {".", faint}}, 20, "not met."},
		{"a break between styles", []run{{"not met:", bold}, {" ", plain}, {"support", plain}}, 9, "not met:\nsupport"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, l := range wrap(c.runs, c.width) {
				got = append(got, paint(l, false))
			}
			if d := cmp.Diff(c.want, strings.Join(got, "\n")); d != "" {
				t.Error(d)
			}
		})
	}
}
