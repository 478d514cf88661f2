package cli

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"golang.org/x/term"
)

// page shows text that is longer than the terminal through the person's pager,
// so that it begins with its first line: a recommendation stands at the top.
// It reports false, and shows nothing, where there is no terminal, no need, or
// no pager.
func (g *globals) page(text []byte) bool {
	if g.noPager || !isTerminal(g.io.out) || !isTerminal(g.io.in) || os.Getenv("TERM") == "dumb" {
		return false
	}
	_, height, err := term.GetSize(int(g.io.out.(*os.File).Fd()))
	if err != nil || height <= 0 || bytes.Count(text, []byte("\n")) < height {
		return false
	}
	words := strings.Fields(pagerCommand())
	if len(words) == 0 || words[0] == "cat" {
		return false
	}
	path, err := exec.LookPath(words[0])
	if err != nil {
		return false
	}
	pager := exec.Command(path, words[1:]...)
	pager.Stdin, pager.Stdout, pager.Stderr = bytes.NewReader(text), g.io.out, g.io.err
	pager.Env = append(os.Environ(), lessDefaults()...)
	err = pager.Run()
	var exit *exec.ExitError
	return err == nil || errors.As(err, &exit) // it ran, however it was left
}

// pagerCommand is the pager that the person chose, else the usual one.
func pagerCommand() string {
	for _, name := range []string{"CARELEVEL_PAGER", "PAGER"} {
		if command, ok := os.LookupEnv(name); ok {
			return command
		}
	}
	if runtime.GOOS == "windows" {
		return "more"
	}
	return "less"
}

// lessDefaults lets less pass colours on, end by itself where all fits, and
// leave the text on the screen; and keep no history of what was searched for
// in it. What the person has set stays.
func lessDefaults() []string {
	env := []string{"LESSHISTFILE=-"}
	if os.Getenv("LESS") == "" {
		env = append(env, "LESS=FRX")
	}
	return env
}
