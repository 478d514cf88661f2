// Package noquery keeps the terminal libraries from asking the terminal for its
// background while the program starts.
//
// bubbletea asks in its init, for every command of a program that links it, and
// waits five seconds for terminals that do not answer. With a background set
// beforehand it does not ask; the full-screen interview, which needs to know,
// asks for itself. Go initialises packages in the order of their import paths
// as soon as their own imports are ready, so this one, which needs nothing but
// lipgloss, comes before bubbletea. It exports nothing, and a test of the
// program at a mute terminal holds it in place.
package noquery

import "github.com/charmbracelet/lipgloss"

func init() { lipgloss.SetHasDarkBackground(true) }
