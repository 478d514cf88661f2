package batch

import (
	"context"
	"fmt"
	"slices"

	"github.com/carelevel/carelevel/pkg/review"
)

// people gathers the records of a review by person and has whoever is complete
// reviewed. It belongs to the goroutine that takes the chunks in order.
type people struct {
	r      *run
	tables *reviewTable
	order  order
	now    *person // whose records are being gathered; nil before the first
	doubt  *person // of records whose id may be none; see hold
	ready  []*person
	sorter *sorter // nil without Sort

	// stray are the lines of records in error that stand away from those of the
	// person whose id they seem to have, by id; and the line of the first one
	// for which there was no room, 0 if there is none.
	stray map[string]int
	lost  int

	reviewers []*reviewing
	counts    reviewCounts
}

// person is what is known of one person, or of a record that is nobody's.
type person struct {
	id    string       // empty: the record does not say
	rows  []assessment // at most mostAssessments
	count int          // of all records
}

func newPeople(r *run, v *review.Reviewer) *people {
	p := &people{r: r, tables: newReviewTable(r)}
	for range r.opts.Workers {
		p.reviewers = append(p.reviewers, &reviewing{p: p, v: v})
	}
	if r.opts.Sort {
		p.sorter = newSorter(r.p)
	}
	return p
}

// take gathers the records of a chunk. Persons that were complete before one
// that is out of order are written.
func (p *people) take(c *chunk) error {
	p.r.total.add(&c.stats)
	p.r.read = c.read
	if p.sorter != nil {
		return p.sorter.add(c.kept)
	}
	var wrong error
	for i := range c.kept {
		if wrong = p.add(&c.kept[i]); wrong != nil {
			break
		}
	}
	if err := p.flush(); err != nil {
		return err
	}
	return wrong
}

// end reviews what is left when all has been read.
func (p *people) end(ctx context.Context) error {
	if p.sorter != nil {
		if err := p.sorted(ctx); err != nil {
			return err
		}
	}
	p.settle()
	p.close()
	return p.flush()
}

// atOnce is how many records are reviewed at once where the file was sorted
// here; else those of a chunk are.
const atOnce = 2048

// sorted has everybody reviewed in order.
func (p *people) sorted(ctx context.Context) error {
	n := 0
	for k := range p.sorter.all() {
		if k.id == "" {
			p.ready = append(p.ready, &person{rows: []assessment{k}, count: 1})
		} else {
			p.join(&k)
		}
		if n++; n%atOnce == 0 {
			if err := p.flush(); err != nil {
				return err
			}
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
	return nil
}

// add takes the next record of a sorted file.
func (p *people) add(k *assessment) error {
	switch {
	case k.id == "":
		p.ready = append(p.ready, &person{rows: []assessment{*k}, count: 1})
		return nil
	case p.now != nil && p.now.id == k.id:
		p.settle()
		if err := p.now.later(k); err != nil {
			return err
		}
	case k.loose:
		p.hold(k)
		return nil
	default:
		if err := p.order.next(k.id, k.line); err != nil {
			return err
		}
		if p.doubt != nil && p.doubt.id == k.id {
			p.close()
			p.now, p.doubt = p.doubt, nil
		}
		p.settle()
	}
	p.join(k)
	return nil
}

// hold keeps a record that could not be taken apart. If what was taken for its
// id is that of the record after it, it is that person's; else it has a result
// of its own, and what it says breaks no order.
func (p *people) hold(k *assessment) {
	if p.doubt == nil || p.doubt.id != k.id {
		p.settle()
		p.doubt = &person{id: k.id}
	}
	p.doubt.add(k)
}

// settle gives what is in doubt a result of its own.
func (p *people) settle() {
	if p.doubt == nil {
		return
	}
	if p.stray == nil {
		p.stray = map[string]int{}
	}
	switch line := p.doubt.rows[0].line; {
	case p.stray[p.doubt.id] > 0 || p.lost > 0:
	case len(p.stray) == mostStray:
		p.lost = line
	default:
		p.stray[p.doubt.id] = line
	}
	p.ready = append(p.ready, p.doubt)
	p.doubt = nil
}

// mostStray bounds the ids that are kept, since memory is not to grow with the
// file. Where there are more, nobody after them is reviewed: nothing could tell
// whether one of these records is theirs. A variable for tests alone.
var mostStray = 10_000

// strayed returns what stands in the way of reviewing a person who begins.
func (p *people) strayed(k *assessment) []RowError {
	text := "line %d has this id, too, and could not be read; no review is made from a part of what there is"
	line := p.stray[k.id]
	if line == 0 && p.lost > 0 {
		line, text = p.lost, "from line %d on too many records that could not be read stand by themselves, and one may be of this person; no review is made from a part of what there is"
	}
	if line == 0 {
		return nil
	}
	return []RowError{{Line: k.line, ID: k.id, Code: "fields", Text: fmt.Sprintf(text, line)}}
}

// join adds a record to its person, who may be a new one.
func (p *people) join(k *assessment) {
	if p.now == nil || p.now.id != k.id {
		p.close()
		p.now = &person{id: k.id}
		k.errors = append(slices.Clip(k.errors), p.strayed(k)...)
	}
	p.now.add(k)
}

func (p *people) close() {
	if p.now != nil {
		p.ready = append(p.ready, p.now)
		p.now = nil
	}
}

// add keeps a record, unless there are too many: then only what is wrong.
func (x *person) add(k *assessment) {
	x.count++
	if x.count <= mostAssessments {
		x.rows = append(x.rows, *k)
		return
	}
	if x.count == mostAssessments+1 {
		last := &x.rows[len(x.rows)-1]
		last.errors = append(slices.Clip(last.errors), RowError{Line: k.line, ID: x.id, Code: "assessments",
			Text: fmt.Sprintf("this person has more than %d assessments", mostAssessments)})
	}
}

// later makes sure that a record is not of a day before that of the person's
// last one.
func (x *person) later(k *assessment) error {
	if k.day == none {
		return nil
	}
	for _, before := range slices.Backward(x.rows) {
		if before.day == none {
			continue
		}
		if k.day < before.day {
			return &OrderError{fmt.Sprintf("the dates of %s do not ascend: %s (line %d) is followed by %s (line %d)", shownID(x.id), before.date, before.line, k.date, k.line)}
		}
		return nil
	}
	return nil
}
