package cli

import "testing"

// A terminal is believed where it says that it shows nothing but ASCII, and
// silence says nothing.
func TestASCIIOnly(t *testing.T) {
	for _, tt := range []struct {
		term, all, ctype, lang string
		want                   bool
	}{
		{"xterm-256color", "", "", "", false},
		{"xterm-256color", "", "", "en_US.UTF-8", false},
		{"xterm-256color", "", "", "de_DE.utf8", false},
		{"xterm-256color", "", "C.UTF-8", "C", false},
		{"xterm-256color", "C", "en_US.UTF-8", "en_US.UTF-8", true},
		{"xterm-256color", "", "POSIX", "", true},
		{"xterm-256color", "", "", "de_DE.ISO-8859-1", true},
		{"dumb", "", "", "en_US.UTF-8", true},
	} {
		for name, value := range map[string]string{"TERM": tt.term, "LC_ALL": tt.all, "LC_CTYPE": tt.ctype, "LANG": tt.lang} {
			t.Setenv(name, value)
		}
		if got := asciiOnly(); got != tt.want {
			t.Errorf("%+v: %t", tt, got)
		}
	}
}
