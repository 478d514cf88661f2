package report

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// comparison is levels side by side: a column each, and a row for everything
// that at least one of them says.
type comparison struct {
	Title   string
	Columns []string
	Rows    []comparedRow
	Sources []citation
	Rules   string
}

// comparedRow is one aspect of the levels.
type comparedRow struct {
	Label   string
	Cells   []cell // one per level
	Differs bool
}

// cell is what a level says of one aspect: a sentence, or a list. An empty one
// says nothing.
type cell []line

// differsNote explains the sign of rows that differ.
const differsNote = "≠ the levels differ here"

func compare(p *pack.Pack, levels []*pack.Level) *comparison {
	b := &builder{p: p, cited: map[*pack.Source]int{}, shared: sharedServices(levels)}
	c := b.comparison(levels, aspects)
	c.Sources = b.citations()
	return c
}

// comparison lays levels side by side. What is cited is the builder's.
func (b *builder) comparison(levels []*pack.Level, rows []aspect) *comparison {
	c := &comparison{Title: clean(b.p.Title), Rules: rulesName(b.p)}
	for _, l := range levels {
		c.Columns = append(c.Columns, capital(levelName(l)))
	}
	for _, a := range rows {
		row := comparedRow{Label: a.label}
		for _, l := range levels {
			row.Cells = append(row.Cells, a.of(b, l))
		}
		if row.Differs = differ(row.Cells); row.Differs || len(row.Cells) > 0 && len(row.Cells[0]) > 0 {
			c.Rows = append(c.Rows, row)
		}
	}
	return c
}

// aspect is one thing that levels are compared in.
type aspect struct {
	label string
	of    func(*builder, *pack.Level) cell
	apart bool // a section of its own in the document of a pack
}

// aspects are the rows, in order.
var aspects = []aspect{
	{"In a sentence", func(b *builder, l *pack.Level) cell { return b.summary(l) }, false},
	{"Who it suits", func(b *builder, l *pack.Level) cell { return b.cell(l.Suits) }, false},
	{"Hours a week", care("Hours a week"), false},
	{"Days a week", care("Days a week"), false},
	{"Session", care("Session"), false},
	{"Usual stay", care("Usual stay"), false},
	{"Setting", care("Setting"), false},
	{"Review", care("Review"), false},
	{"Services of all", func(b *builder, _ *pack.Level) cell { return b.serviceCell(b.shared) }, false},
	{"Services", func(b *builder, l *pack.Level) cell { return b.serviceCell(b.beside(l)) }, false},
	{doubtful, func(b *builder, l *pack.Level) cell { return b.serviceCell(weakOnes(l)) }, false},
	{"Objectives", (*builder).objectiveCell, false},
	{"To agree on", func(b *builder, l *pack.Level) cell { return b.cell(l.Agree) }, false},
	{"Team", func(b *builder, l *pack.Level) cell { return b.cell(l.Team) }, false},
	{"What argues for it", (*builder).indicationCell, true},
	{"What is required", func(b *builder, l *pack.Level) cell { return b.criteria(l.Requirements) }, true},
	{"Further support", func(b *builder, l *pack.Level) cell { return b.criteria(l.Supports) }, true},
	{"Ready for less when", func(b *builder, l *pack.Level) cell { return b.criteria(l.StepDown) }, true},
	{"Look again sooner when", (*builder).signCell, true},
	{"Due", (*builder).dueCell, false},
	{"The record has to show", func(b *builder, l *pack.Level) cell { return b.cell(l.Documentation) }, false},
	{"What to do", func(_ *builder, l *pack.Level) cell { return paragraphs(l.Action) }, true},
}

func care(label string) func(*builder, *pack.Level) cell {
	return func(_ *builder, l *pack.Level) cell {
		for _, f := range careFacts(l, "") {
			if f.Label == label {
				return cell{f.Value}
			}
		}
		return nil
	}
}

func (b *builder) cell(all []pack.Statement) cell {
	var out cell
	for _, s := range all {
		out = append(out, b.statement(s))
	}
	return out
}

func (b *builder) criteria(all []*pack.Criterion) cell {
	var out cell
	for _, c := range all {
		out = append(out, b.line(sentence(capital(requirementText(b.p, c))), c.Sources))
	}
	return out
}

func (b *builder) indicationCell(l *pack.Level) cell {
	if l.Index == 0 {
		return cell{{Text: "Nothing argues for more."}}
	}
	return b.criteria(l.Indications)
}

// sharedServices are those of every level, so that the others can stand for
// themselves. Levels that are not compared share none.
func sharedServices(levels []*pack.Level) []*pack.Service {
	if len(levels) < 2 {
		return nil
	}
	var out []*pack.Service
	for _, s := range levels[0].Services {
		lacks := func(l *pack.Level) bool { return !slices.Contains(l.Services, s) }
		if !weak(s) && !slices.ContainsFunc(levels, lacks) {
			out = append(out, s)
		}
	}
	return out
}

// beside are a level's services without those that all have.
func (b *builder) beside(l *pack.Level) []*pack.Service {
	var out []*pack.Service
	for _, s := range l.Services {
		if !weak(s) && !slices.Contains(b.shared, s) {
			out = append(out, s)
		}
	}
	return out
}

// weakOnes are a level's services that must not look recommended.
func weakOnes(l *pack.Level) []*pack.Service {
	var out []*pack.Service
	for _, s := range l.Services {
		if weak(s) {
			out = append(out, s)
		}
	}
	return out
}

func (b *builder) serviceCell(services []*pack.Service) cell {
	var out cell
	for _, s := range services {
		out = append(out, line{serviceName(s), b.marks(s.Sources)})
	}
	return out
}

// differ reports whether the cells do not all say the same.
func differ(cells []cell) bool {
	for _, c := range cells {
		if !slices.EqualFunc(c, cells[0], func(a, b line) bool { return a.Text == b.Text }) {
			return true
		}
	}
	return false
}
