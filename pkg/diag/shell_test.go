package diag

import "testing"

func TestShellWord(t *testing.T) {
	for in, want := range map[string]string{
		"my-rules/":       "my-rules/",
		"a b":             "'a b'",
		"":                "''",
		"it's":            `'it'\''s'`,
		"$(rm -rf ~)":     "'$(rm -rf ~)'",
		"rules\nof mine/": "'rules\nof mine/'",
	} {
		if got := ShellWord(in); got != want {
			t.Errorf("ShellWord(%q) = %s, want %s", in, got, want)
		}
	}
}
