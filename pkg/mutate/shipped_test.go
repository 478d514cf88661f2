package mutate

import (
	"flag"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/ruletest"
	"github.com/carelevel/carelevel/rules"
	"github.com/google/go-cmp/cmp"
)

var every = flag.Int("every", 200, "replay every so manyth mutant of the shipped packs from its text; 1 takes some minutes")

// TestShippedPacks: no small change of the rules that the program carries goes
// unnoticed by their cases.
func TestShippedPacks(t *testing.T) {
	for _, name := range rules.Names() {
		r := shipped()[name]
		if r == nil {
			t.Fatalf("%s is not sound", name)
		}
		if r.Score() < 1 {
			var b strings.Builder
			r.WriteText(&b)
			t.Errorf("%s", b.String())
		}
		if r.Count(Killed) < 200 || r.undecided() > 0 {
			t.Errorf("%s: %d killed, %d undecided", name, r.Count(Killed), r.undecided())
		}
	}
}

// nothing matches no id.
var nothing = regexp.MustCompile("^$")

// shipped is a report of each pack that the program carries, made once.
var shipped = sync.OnceValue(func() map[string]*Report {
	all := map[string]*Report{}
	for _, name := range rules.Names() {
		all[name], _, _ = Run(rules.FS, name, Options{Name: "rules/" + name})
	}
	return all
})

func mustRun(t testing.TB, name string, opts Options) *Report {
	t.Helper()
	r, ds, err := Run(rules.FS, name, opts)
	if err != nil || r == nil {
		t.Fatal(err, ds)
	}
	return r
}

// TestTextIsWhatWasTried holds what the cases were run on against the pack that
// is read from the edited text, and what came of it against a run of all cases
// on that.
func TestTextIsWhatWasTried(t *testing.T) {
	for _, name := range rules.Names() {
		r := shipped()[name]
		w, err := newWorker(r, 0)
		if err != nil {
			t.Fatal(err)
		}
		for i, m := range allMutants(r) {
			if i%*every == 0 {
				replay(t, w, m, &r.Mutants[i])
			}
		}
	}
}

func allMutants(r *Report) (all []*mutant) {
	for _, j := range r.jobs(nil) {
		all = append(all, j.mutants...)
	}
	return all
}

func replay(t *testing.T, w *worker, m *mutant, told *Mutant) {
	t.Helper()
	where := fmt.Sprintf("%s:%d: %s %s, %s", told.File, told.Line, told.Kind, told.ID, told.Words)
	p, ds, err := w.report.load(m.edits, false)
	if err != nil || p == nil {
		t.Fatal(where, err)
	}
	if diag.HasErrors(ds) != (told.Status == Stillborn) {
		t.Errorf("%s is %v, and reading it gives %v", where, told.Status, ds)
	}
	if told.Status == Stillborn {
		return
	}
	trial := w.read(m)
	w.with(trial, func() error {
		if diff := cmp.Diff(dump(p), dump(w.pack)); diff != "" && trial.other == nil {
			t.Errorf("%s (-text +tried)\n%s", where, diff)
		}
		return nil
	})
	replayCases(t, w.report, m, told, where)
}

// replayCases runs all cases on the edited text. Those that name what is not
// there any more do not even read.
func replayCases(t *testing.T, r *Report, m *mutant, told *Mutant, where string) {
	t.Helper()
	p, ds, err := r.load(m.edits, true)
	if err != nil {
		t.Fatal(err)
	}
	killed := diag.HasErrors(ds)
	if killed && m.act != remove {
		t.Errorf("%s: the cases do not read: %v", where, ds)
	}
	if !killed {
		e, err := engine.Compile(p)
		if err != nil {
			t.Fatal(where, err)
		}
		results, err := ruletest.RunPack(e, ruletest.Options{})
		if err != nil {
			t.Fatal(where, err)
		}
		killed = !ruletest.Count(results).OK()
	}
	if killed != (told.Status == Killed) {
		t.Errorf("%s is %v, and with all cases: killed %v", where, told.Status, killed)
	}
}

// dump writes everything that mutants change in a pack, without its places.
func dump(p *pack.Pack) string {
	var b strings.Builder
	for _, n := range p.Conditions {
		fmt.Fprintf(&b, "condition %s: %s\n", n.ID, condition(n.When))
	}
	for c := range p.Criteria() {
		fmt.Fprintf(&b, "%s %s %s: %s; %s\n", c.Level.ID, c.Kind, c.ID, condition(c.When), course(c.Course))
	}
	for _, l := range p.Levels {
		for _, s := range l.StepUp {
			fmt.Fprintf(&b, "%s sign %s: %s; %s\n", l.ID, s.ID, condition(s.When), course(s.Course))
		}
	}
	for _, s := range p.Services {
		fmt.Fprintf(&b, "service %s: %s\n", s.ID, condition(s.When))
	}
	for _, n := range p.Notes {
		fmt.Fprintf(&b, "%s %s: %s\n", n.Kind, n.ID, condition(n.When))
	}
	return b.String()
}

func condition(c pack.Condition) string {
	switch c := c.(type) {
	case *pack.All:
		return "all" + each(c.Of)
	case *pack.Any:
		return "any" + each(c.Of)
	case *pack.None:
		return "none" + each(c.Of)
	case *pack.AtLeast:
		return fmt.Sprint("at least ", c.Count, each(c.Of))
	case *pack.Ref: // its meaning: the tried one may be a copy
		return "(" + condition(c.To.When) + ")"
	case *pack.In:
		return fmt.Sprint(c.Slot, c.Score != nil, c.Ranges)
	case *pack.Includes:
		return fmt.Sprint(c.Slot, " includes ", c.Mask, c.All)
	case *pack.Answered:
		return fmt.Sprint(c.Slot, " answered ", c.Want)
	}
	return "-"
}

func each(of []pack.Condition) string {
	var parts []string
	for _, c := range of {
		parts = append(parts, condition(c))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func course(c pack.Course) string {
	switch c := c.(type) {
	case *pack.EachCourse:
		out := c.Joint.String()
		for _, of := range c.Of {
			out += " [" + course(of) + "]"
		}
		return out
	case *pack.Held:
		return fmt.Sprint("held ", c.Times, condition(c.When))
	case *pack.Seen:
		return fmt.Sprint("seen ", c.WithinDays, condition(c.When))
	case *pack.Changed:
		return fmt.Sprint("changed ", c.Slot, c.Worse, c.By, c.Percent, c.Since, c.WithinDays)
	}
	return "-"
}

// TestWorkers: the report is the same for any number of them.
func TestWorkers(t *testing.T) {
	var reports [2]strings.Builder
	for i, n := range []int{1, 5} {
		mustRun(t, "medicare-iop", Options{Workers: n}).WriteJSON(&reports[i])
	}
	if diff := cmp.Diff(reports[0].String(), reports[1].String()); diff != "" {
		t.Errorf("(-one worker +five)\n%s", diff)
	}
}
