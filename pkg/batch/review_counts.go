package batch

import "github.com/carelevel/carelevel/pkg/pack"

// ReviewCounts are what came of the persons of a file. In the summary of a
// review, Errors, Undetermined and Levels count persons as well, Levels those
// for whom one is recommended now, whatever the verdict; Rows are records.
type ReviewCounts struct {
	People   int64   // whose ids were read; each has one result
	Nobody   int64   // records that do not say whose they are; each has one result, in error
	Single   int64   // persons with one assessment, of whom there is nothing to compare
	Verdicts []Tally // every verdict, in the order of pack.Verdicts
}

// results is how many there are.
func (c *ReviewCounts) results() int64 { return c.People + c.Nobody }

type reviewCounts struct {
	people, nobody, single int64
	verdicts               [5]int64
}

// count counts a person.
func (p *people) count(d *reviewed) {
	total := &p.r.total
	if d.nobody {
		p.counts.nobody++
	} else {
		p.counts.people++
	}
	if len(d.errors) > 0 {
		total.failed++
		mistakes := map[mistake]int64{}
		for i := range d.errors {
			mistakes[mistake{d.errors[i].Name, d.errors[i].Code}]++
		}
		total.addMistakes(mistakes)
		return
	}
	if d.single {
		p.counts.single++
	}
	if d.verdict >= 0 {
		p.counts.verdicts[d.verdict]++
	}
	if d.level >= 0 {
		total.levels[d.level]++
	}
}

// summary is of the persons.
func (c *reviewCounts) summary() *ReviewCounts {
	out := &ReviewCounts{People: c.people, Nobody: c.nobody, Single: c.single}
	for i, v := range pack.Verdicts() {
		out.Verdicts = append(out.Verdicts, Tally{v, c.verdicts[i]})
	}
	return out
}
