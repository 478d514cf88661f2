package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/record"
	"github.com/carelevel/carelevel/pkg/verify"
	"github.com/spf13/cobra"
)

// verification is one run of `carelevel rules verify`.
type verification struct {
	*globals
	out    output
	folder string // for the witnesses; empty if they are not written

	src     *diag.Sources
	names   []string // of the packs, as they stand on the line
	reports []*verify.Report
}

func newRulesVerify(g *globals) *cobra.Command {
	v := &verification{globals: g, src: new(diag.Sources)}
	c := &cobra.Command{
		Use:   "verify [PACK…]",
		Short: "Prove what a pack does, over all combinations of answers",
		Long: `Prove or refute, over all combinations of answers and not samples of them:

  levels             each is recommended to somebody, and how many answers lead to it
  rules              no criterion, service, note or guarantee applies to nobody
  indications        none is covered by others
  answers            no question, option or interval is without effect
  requirements       each can be met and can fail where its level is recommended
  worse is not less  a worse answer never leads to a less intensive level
  missing is safe    leaving answers out never leaves only less than they could lead to
  guarantees         the pack's own sentences hold
  step down          each level can be left, and not while it is still indicated
  contradictions     what the pack calls contradictory can occur, and how often

What is refuted comes with answers that show it; with --witness they are written
as files that 'carelevel assess --answers' takes, and so are examples of what is
proved. A remark is worth a look and does not fail. Exit code 1 if anything is
refuted, or if there are too many combinations to decide it.`,
		Example: `  carelevel rules verify
  carelevel rules verify my-rules/ --witness examples
  carelevel assess --rules my-rules/ --answers examples/level-iop.yaml
  carelevel rules verify my-rules/ --format sarif -o my-rules.sarif`,
		ValidArgsFunction: packWords,
		RunE:              func(_ *cobra.Command, names []string) error { return v.run(names) },
	}
	c.Flags().StringVar(&v.folder, "witness", "", "write all answers that show something as files into `FOLDER`")
	v.out.addTo(c, "text", "json", "sarif")
	return c
}

func (v *verification) run(names []string) error {
	if err := v.out.resolve(); err != nil {
		return err
	}
	v.names = v.packArgs(names)
	for _, name := range v.names {
		r, err := v.verify(name)
		if err != nil {
			return err
		}
		v.reports = append(v.reports, r)
	}
	if err := v.writeWitnesses(); err != nil {
		return err
	}
	if err := v.out.write(v.globals, v.render); err != nil {
		return err
	}
	for _, r := range v.reports {
		if !r.OK() {
			return quiet(exitProblems)
		}
	}
	return nil
}

func (v *verification) verify(name string) (*verify.Report, error) {
	p, ds, err := readPack(name, false, v.src)
	if err != nil {
		return nil, err
	}
	if diag.HasErrors(ds) {
		printDiagnostics(v.io.err, ds, v.src)
		return nil, &usageError{fmt.Sprintf("the rules in %s have mistakes, and nothing is proved about them", name), "run 'carelevel rules check' on them until it is silent"}
	}
	e, err := engine.Compile(p)
	if err != nil {
		return nil, err
	}
	return verify.Run(e, verify.Options{})
}

func (v *verification) render(w io.Writer) error {
	switch v.out.format {
	case "json":
		return verify.WriteJSON(w, v.reports)
	case "sarif":
		var ds []diag.Diagnostic
		for _, r := range v.reports {
			ds = append(ds, r.Diagnostics()...)
		}
		return writeSARIF(w, ds, verify.Codes())
	}
	for i, r := range v.reports {
		if i > 0 {
			fmt.Fprintln(w)
		}
		if err := r.WriteText(w, verify.TextOptions{Sources: v.src, Rules: v.names[i], Folder: v.folderOf(i)}); err != nil {
			return err
		}
	}
	return nil
}

// writeSARIF writes diagnostics as the program's own.
func writeSARIF(w io.Writer, ds []diag.Diagnostic, rules map[string]string) error {
	info, err := readVersion()
	if err != nil {
		return err
	}
	return diag.WriteSARIF(w, diag.Tool{Name: "carelevel", Version: info.Version, Rules: rules}, ds)
}

// folderOf is where the witnesses of a pack go: with several packs, each has a
// folder of its own.
func (v *verification) folderOf(i int) string {
	if v.folder == "" || len(v.reports) == 1 {
		return v.folder
	}
	return filepath.Join(v.folder, v.reports[i].Pack.ID)
}

// writeWitnesses writes the answers of all witnesses as files.
func (v *verification) writeWitnesses() error {
	if v.folder == "" {
		return nil
	}
	for i, r := range v.reports {
		folder := v.folderOf(i)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return fmt.Errorf("writing the answers: %w", err)
		}
		for k := range r.Proofs {
			if err := writeWitness(folder, r, &r.Proofs[k]); err != nil {
				return fmt.Errorf("writing the answers: %w", err)
			}
		}
	}
	return nil
}

func writeWitness(folder string, r *verify.Report, p *verify.Proof) error {
	for _, w := range p.Witness {
		sheet := pack.Sheet{Answers: w.Answers, ID: w.Name, Pack: r.Pack.Identity(), Notes: r.Message(p)}
		if err := record.WriteAtomic(filepath.Join(folder, w.Name+".yaml"), r.Pack.EncodeSheet(sheet), record.Private); err != nil {
			return err
		}
	}
	return nil
}
