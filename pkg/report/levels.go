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
	c := &comparison{Title: clean(p.Title), Rules: rulesName(p)}
	for _, l := range levels {
		c.Columns = append(c.Columns, capital(levelName(l)))
	}
	for _, a := range aspects {
		row := comparedRow{Label: a.label}
		for _, l := range levels {
			row.Cells = append(row.Cells, a.of(b, l))
		}
		if row.Differs = differ(row.Cells); row.Differs || len(row.Cells) > 0 && len(row.Cells[0]) > 0 {
			c.Rows = append(c.Rows, row)
		}
	}
	c.Sources = b.citations()
	return c
}

// aspects are the rows, in order.
var aspects = []struct {
	label string
	of    func(*builder, *pack.Level) cell
}{
	{"In a sentence", func(b *builder, l *pack.Level) cell { return b.summary(l) }},
	{"Who it suits", func(b *builder, l *pack.Level) cell { return b.cell(l.Suits) }},
	{"Hours a week", care("Hours a week")},
	{"Days a week", care("Days a week")},
	{"Session", care("Session")},
	{"Usual stay", care("Usual stay")},
	{"Setting", care("Setting")},
	{"Review", care("Review")},
	{"Services of all", func(b *builder, _ *pack.Level) cell { return b.serviceCell(b.shared) }},
	{"Services", func(b *builder, l *pack.Level) cell { return b.serviceCell(b.beside(l)) }},
	{doubtful, func(b *builder, l *pack.Level) cell { return b.serviceCell(weakOnes(l)) }},
	{"Objectives", (*builder).objectiveCell},
	{"To agree on", func(b *builder, l *pack.Level) cell { return b.cell(l.Agree) }},
	{"Team", func(b *builder, l *pack.Level) cell { return b.cell(l.Team) }},
	{"What argues for it", (*builder).indicationCell},
	{"What is required", func(b *builder, l *pack.Level) cell { return b.criteria(l.Requirements) }},
	{"Further support", func(b *builder, l *pack.Level) cell { return b.criteria(l.Supports) }},
	{"Ready for less when", func(b *builder, l *pack.Level) cell { return b.criteria(l.StepDown) }},
	{"Look again sooner when", (*builder).signCell},
	{"Due", (*builder).dueCell},
	{"The record has to show", func(b *builder, l *pack.Level) cell { return b.cell(l.Documentation) }},
	{"What to do", func(_ *builder, l *pack.Level) cell { return paragraphs(l.Action) }},
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
