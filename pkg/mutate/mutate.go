// Package mutate asks whether the test cases of a pack would notice a mistake:
// it makes every small change of the rules that an author could make by
// mistake (a mutant), and runs the pack's cases on each. A mutant that no case
// notices survives, and comes with a case that would have noticed it.
//
// Changes are made in the text of the rules, so that what is shown is what was
// tried. A mutant that does the same as the rules for every complete set of
// answers is found out exactly, by package space, and not counted; nor is one
// that the reader of packs refuses. What only missing answers could tell apart
// does the same. The package refuses to change tests and guarantees, and to
// write into any file.
package mutate

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Change is a kind of change.
type Change int

// The kinds of changes.
const (
	Threshold  Change = iota // a bound moved by one step
	Comparison               // at_least and at_most, worse and better, turned into each other
	Joint                    // all and any turned into each other
	Count                    // the count of at_least, by one
	Negated                  // a condition turned into its opposite
	Dropped                  // a part or an option left out
	Added                    // an option more
	Includes                 // includes and includes_all turned into each other
	Flipped                  // yes and no turned into each other
	Removed                  // a criterion or a note left out
	Moved                    // an indication for the next level up or down
	Weight                   // a weight of a score, by one
	Time                     // how often, since when, or within how many days
)

// String returns the kind's name in JSON.
func (c Change) String() string {
	return [...]string{"threshold", "comparison", "joint", "count", "negated", "dropped", "added", "includes", "flipped", "removed", "moved", "weight", "time"}[c]
}

// Status is what became of a mutant.
type Status int

// The statuses.
const (
	Survived   Status = iota // no case fails
	Killed                   // a case fails
	Equivalent               // no complete answers tell it from the rules
	Stillborn                // the reader of packs refuses it
)

// String returns the status's name in JSON.
func (s Status) String() string {
	return [...]string{"survived", "killed", "equivalent", "stillborn"}[s]
}

// Mutant is a change of the rules and what became of it.
type Mutant struct {
	Kind   string // of what was changed, as the rule language calls it: "indication", "condition"
	ID     string // its id
	Change Change
	Words  string // "moderate → mild"
	File   string
	Line   int    // from 1
	Diff   string // unified, of the text

	Status  Status
	Killer  string // Killed: the name of a case that fails
	Unknown string // why it was not decided whether it is equivalent; it counts as if it were not

	OverTime   bool     // what the rules say of several assessments is another thing
	Case       *Case    // Survived: what would kill it; nil if none was found, and OverTime, where none is looked for
	Guarantees []string // Survived: guarantees that would be broken

	edits []edit
}

// Report is what became of all mutants of a pack.
type Report struct {
	Pack    *pack.Pack
	Mutants []Mutant // in the order of the files and their lines

	engine *engine.Engine // of the rules as they are
	files  []*file
	fsys   fs.FS
	root   string
	name   string
}

// Count returns how many mutants have a status.
func (r *Report) Count(s Status) int {
	n := 0
	for i := range r.Mutants {
		if r.Mutants[i].Status == s {
			n++
		}
	}
	return n
}

// Score is the part of the mutants that count which cases kill, from 0 to 1;
// 1 where none counts.
func (r *Report) Score() float64 {
	killed, all := r.Count(Killed), r.Count(Killed)+r.Count(Survived)
	if all == 0 {
		return 1
	}
	return float64(killed) / float64(all)
}

// Options say what is changed, and how.
type Options struct {
	Name     string                // of the pack's file or folder in what is printed; root where it is empty
	Run      *regexp.Regexp        // only what has an id that it matches; nil: all
	Workers  int                   // at once; as many as there are cores if it is 0
	Nodes    int                   // the budget of one decision diagram; space.DefaultNodes if it is 0
	Progress func(done, total int) // called from one goroutine at a time; may be nil
}

// FailingError says that cases fail before anything is changed.
type FailingError struct{ Names []string }

// Error names how many.
func (e *FailingError) Error() string {
	return fmt.Sprintf("%d of the pack's own cases fail before anything is changed, the first of them %q", len(e.Names), e.Names[0])
}

// ErrNoCases says that a pack has no cases to be judged.
var ErrNoCases = errors.New("the pack has no cases")

// Run makes the mutants of the pack that root names in fsys, as pack.Load reads
// it, and runs its cases on each. A pack with mistakes comes back as
// diagnostics, and no report. The report is the same for any number of workers.
func Run(fsys fs.FS, root string, opts Options) (*Report, []diag.Diagnostic, error) {
	src := new(diag.Sources)
	r := &Report{fsys: fsys, root: root, name: opts.Name}
	if r.name == "" {
		r.name = root
	}
	p, ds, err := pack.Load(fsys, root, pack.LoadOptions{Tests: true, Name: r.name, Sources: src})
	if err != nil || diag.HasErrors(ds) || p == nil {
		return nil, ds, err
	}
	r.Pack, r.files = p, readFiles(src)
	if r.engine, err = engine.Compile(p); err != nil {
		return nil, nil, err
	}
	jobs := r.jobs(opts.Run)
	if err := r.work(jobs, opts); err != nil {
		return nil, nil, err
	}
	for _, j := range jobs {
		r.Mutants = append(r.Mutants, j.done...)
	}
	return r, nil, nil
}

// job is the mutants of one site: they share a space.
type job struct {
	site    *site
	mutants []*mutant
	done    []Mutant
}

func (r *Report) jobs(run *regexp.Regexp) (all []*job) {
	for _, s := range findSites(r.files) {
		if (run == nil || run.MatchString(s.id)) && r.matters(s) {
			all = append(all, &job{site: s, mutants: makeMutants(r.Pack, r.files, s)})
		}
	}
	return all
}

// matters reports whether something that is shown hangs on a site. Conditions
// that only guarantees refer to are guarantees, and so not changed.
func (r *Report) matters(s *site) bool {
	if s.kind != "condition" {
		return true
	}
	named := r.Pack.Condition(s.id)
	return usedOver(r.Pack, named) || slices.ContainsFunc(conditionsOf(r.Pack), func(when pack.Condition) bool { return refers(when, named) })
}

// conditionsOf are the conditions of all rules of a pack.
func conditionsOf(p *pack.Pack) (all []pack.Condition) {
	for c := range p.Criteria() {
		all = append(all, c.When)
	}
	for _, s := range p.Services {
		all = append(all, s.When)
	}
	for _, n := range p.Notes {
		all = append(all, n.When)
	}
	for _, l := range p.Levels {
		for _, s := range l.StepUp {
			all = append(all, s.When)
		}
	}
	return all
}

// work lets as many workers as are wanted take the jobs. Each has a pack of its
// own to change.
func (r *Report) work(jobs []*job, opts Options) error {
	n := opts.Workers
	if n <= 0 {
		n = runtime.GOMAXPROCS(0)
	}
	n = min(n, max(1, len(jobs)))
	errs := make([]error, n)
	var next atomic.Int64
	var group sync.WaitGroup
	tell := progress{tell: opts.Progress, total: total(jobs)}
	for i := range n {
		group.Go(func() {
			w, err := newWorker(r, opts.Nodes)
			if err != nil {
				errs[i] = err
				return
			}
			for at := int(next.Add(1)) - 1; at < len(jobs) && errs[i] == nil; at = int(next.Add(1)) - 1 {
				errs[i] = w.do(jobs[at])
				tell.add(len(jobs[at].mutants))
			}
		})
	}
	group.Wait()
	if i := slices.IndexFunc(errs, func(err error) bool { return err != nil }); i >= 0 {
		return errs[i]
	}
	return nil
}

func total(jobs []*job) (n int) {
	for _, j := range jobs {
		n += len(j.mutants)
	}
	return n
}

// progress counts for all workers.
type progress struct {
	mu          sync.Mutex
	tell        func(done, total int)
	done, total int
}

func (p *progress) add(n int) {
	if p.tell == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done += n
	p.tell(p.done, p.total)
}
