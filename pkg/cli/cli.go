// Package cli is the program: one file a command, the streams, the exit codes,
// and the only wiring of the packages that do the work. It decides nothing
// about care and holds no text of a pack.
//
// How the program talks: results go to standard output; prompts, progress and
// warnings to standard error. Messages begin in lower case, name the place
// that they are about, and say what to do next.
package cli

import (
	"context"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"
)

// Main runs the program with args (without its name) on the given streams and
// returns its exit code.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	// One assessment allocates a few megabytes and ends: collecting garbage in
	// between takes longer than it saves. The first collection comes at 16 MiB.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	io := &streams{in: stdin, out: stdout, err: stderr}
	root := newRoot(io)
	root.SetArgs(args)
	return exitCode(io, root.ExecuteContext(ctx))
}

// newRoot is the whole command tree.
func newRoot(io *streams) *cobra.Command {
	g := &globals{io: io}
	root := &cobra.Command{
		Use:   "carelevel",
		Short: "Level-of-care advice for outpatient and intensive outpatient care",
		Long: `Carelevel asks a clinician a short questionnaire, holds the answers against rule
files with the criteria for outpatient and intensive outpatient (IOP) mental
health care, and prints a recommendation with all of its reasoning.

It supports a decision and does not make it. It works offline; nothing that is
entered leaves this machine.`,
		Example: `  carelevel assess                              the interview
  carelevel assess --answers answers.yaml       no interview
  carelevel levels outpatient iop               what the difference is
  carelevel rules check my-rules/               is this pack sound?`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noSuchCommand,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetIn(io.in)
	root.SetOut(io.out)
	root.SetErr(io.err)
	root.SetFlagErrorFunc(flagError)
	g.addTo(root)
	root.AddCommand(
		newAssess(g), newPlace(g), newReview(g), newBatch(g), newHistory(g), newLevels(g), newRules(g), newVersion(g), newMan(g),
	)
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	return root
}

// globals are the flags that every command takes.
type globals struct {
	io      *streams
	rules   string
	color   string
	noPager bool
}

func (g *globals) addTo(root *cobra.Command) {
	f := root.PersistentFlags()
	f.StringVar(&g.rules, "rules", "", "the rules: a built-in `PACK`, a folder or a file (default $CARELEVEL_RULES, else mental-health)")
	f.StringVar(&g.color, "color", "auto", "colour in text, `WHEN`: auto, always or never")
	f.BoolVar(&g.noPager, "no-pager", false, "print long text at once instead of through $CARELEVEL_PAGER, $PAGER or less")
	complete(root, "rules", builtinNames())
	complete(root, "color", []string{"auto", "always", "never"})
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		return oneOf("--color", g.color, []string{"auto", "always", "never"})
	}
}

// complete offers fixed words for a flag. The only error that cobra can return
// is a misspelt flag name, which every run of the program would show.
func complete(c *cobra.Command, flag string, words []string) {
	err := c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveDefault))
	if err != nil {
		panic(err)
	}
}

// noSuchCommand turns a word that is no command into a usage error with the
// nearest commands.
func noSuchCommand(c *cobra.Command, words []string) error {
	if len(words) == 0 {
		return nil
	}
	var names []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return unknownWord("command", words[0], names, "run '"+c.CommandPath()+" --help' for the list")
}
