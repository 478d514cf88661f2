package mutate

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/carelevel/carelevel/rules"
)

func TestTry(t *testing.T) {
	for _, name := range rules.Names() {
		began := time.Now()
		r, ds, err := Run(rules.FS, name, Options{Name: "rules/" + name})
		if err != nil || r == nil {
			t.Fatal(err, ds)
		}
		fmt.Println(name, len(r.Mutants), "killed", r.Count(Killed), "survived", r.Count(Survived), "equiv", r.Count(Equivalent), "still", r.Count(Stillborn), time.Since(began))
		f, _ := os.Create("/tmp/mut." + name + ".txt")
		for _, m := range r.Mutants {
			fmt.Fprintln(f, m.Kind, m.ID, m.Change, m.Words, m.File, m.Line, m.Status, m.Killer, m.Unknown)
			if m.Status == Survived {
				fmt.Fprintln(f, m.Diff)
				if m.Case != nil {
					fmt.Fprintln(f, m.Case.YAML(r.Pack), m.Case.Now, "|", m.Case.Mutant, m.Guarantees)
				}
			}
		}
		f.Close()
	}
}
