package compare

import (
	"math/big"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

func jsonReport(r Report) *jsonDiff {
	d := r.Difference
	out := &jsonDiff{Schema: Schema, Old: jsonPack(d.Old.Identity()), New: jsonPack(d.New.Identity()), Decides: d.Decides(),
		Levels:    jsonLevels{Base: d.Base, Reordered: d.Order, Changed: each(d.Levels, toJSONLevel)},
		Questions: each(d.Questions, func(c *QuestionChange) jsonQuestion { return toJSONQuestion(d, c) }),
		Criteria:  each(d.Entries, func(e *EntryChange) jsonEntry { return toJSONEntry(d, e) }),
		Texts:     append([]string{}, d.Header...)}
	if d.Moves != nil {
		out.Combinations = toJSONMoves(d, d.Moves)
	}
	if r.Rows != nil {
		out.Rows = toJSONRows(r.RowsName, r.Rows)
	}
	return out
}

// each is never nil: an empty list is one in JSON, too.
func each[A, B any](of []A, to func(*A) B) []B {
	out := make([]B, len(of))
	for i := range of {
		out[i] = to(&of[i])
	}
	return out
}

func share(part, whole *big.Int) jsonShare {
	return jsonShare{part.String(), Share{part, whole}.Float()}
}

func toJSONMoves(d *Difference, m *Moves) *jsonMoves {
	return &jsonMoves{Questions: m.Questions, Total: m.Size.String(), Changed: share(m.Changed, m.Size),
		Lower: share(m.By[Lower], m.Size), Higher: share(m.By[Higher], m.Size), Other: share(m.By[Aside], m.Size),
		Covers: jsonSides{m.Covers[Old].Float(), m.Covers[New].Float()},
		Levels: each(m.Levels, func(l *LevelCount) jsonLevelCount {
			return jsonLevelCount{l.ID, digits(l.In[Old]), digits(l.In[New])}
		}),
		Moves:    each(m.Moves, func(move *Move) jsonMove { return toJSONMove(d, m, move) }),
		Criteria: each(m.Causes, toJSONCause)}
}

func digits(n *big.Int) *string {
	if n == nil {
		return nil
	}
	s := n.String()
	return &s
}

func toJSONMove(d *Difference, m *Moves, move *Move) jsonMove {
	e := &move.Example
	return jsonMove{From: move.From.ID, To: move.To.ID, Direction: move.Direction.String(), Count: move.Count.String(),
		Share: Share{move.Count, m.Size}.Float(), OfFrom: Share{move.Count, m.before(move.From.ID)}.Float(),
		Example: jsonExample{Old: d.Old.AnswersJSON(e.Answers[Old]), New: d.New.AnswersJSON(e.Answers[New]),
			Stands: each(e.Stands, func(s *Stand) string {
				return [2]*pack.Pack{d.Old, d.New}[s.Side].Slots[s.Slot].ID
			}),
			Criteria: each(e.Reasons, toJSONReason)},
		Criteria: each(move.Causes, toJSONCause)}
}

func toJSONCause(c *Cause) jsonCause {
	out := jsonCause{Count: c.Count.String(), Alone: digits(c.Alone)}
	if !c.Levels() {
		out.Criterion = &c.ID
	}
	return out
}

func toJSONReason(r *Reason) jsonReason {
	out := jsonReason{Criterion: r.ID}
	for s, at := range []struct{ level, state **string }{{&out.OldLevel, &out.Old}, {&out.NewLevel, &out.New}} {
		if c := r.On[s]; c != nil {
			state := r.Holds[s].String()
			*at.level, *at.state = &c.Level.ID, &state
		}
	}
	return out
}

func changeWord(old, new bool) string {
	switch {
	case !old:
		return "added"
	case !new:
		return "removed"
	}
	return "changed"
}

func toJSONLevel(c *LevelChange) jsonLevel {
	out := jsonLevel{ID: c.ID(), Change: changeWord(c.Old != nil, c.New != nil), Referral: c.Referral, Emergency: c.Emergency,
		ServicesAdded: c.Added, ServicesRemoved: c.Removed, Time: c.Time, Texts: c.Texts}
	if c.Like != nil {
		out.Perhaps = c.Like.ID
	}
	return out
}

func toJSONQuestion(d *Difference, c *QuestionChange) jsonQuestion {
	out := jsonQuestion{ID: c.ID(), Change: changeWord(c.Old != nil, c.New != nil), Deciding: c.Deciding, Aspects: c.Aspects, Texts: c.Texts,
		OnlyOld: toJSONOnly(d.Old, c.Only[Old]), OnlyNew: toJSONOnly(d.New, c.Only[New])}
	if c.Like != nil {
		out.Perhaps, out.PerhapsBy = c.Like.ID, c.LikeBy
	}
	for _, r := range c.Renamed {
		out.Renamed = append(out.Renamed, jsonPair{r[Old].ID, r[New].ID})
	}
	if c.Old != nil && c.New != nil && c.Apart != Together {
		out.Change, out.Because = "apart", [...]string{ApartKind: "kind", ApartUnit: "unit", ApartItems: "items", ApartNone: "answers"}[c.Apart]
	}
	return out
}

func toJSONOnly(p *pack.Pack, o *Only) *jsonOnly {
	if o == nil {
		return nil
	}
	out := &jsonOnly{Finer: o.Finer, Options: optionIDs(&pack.Question{Options: o.Options})}
	if o.When != nil {
		out.When = diag.Clean(p.Describe(o.When))
	}
	for _, l := range o.Levels {
		out.Levels = append(out.Levels, jsonLevelShare{l.Level.ID, l.Share.Float()})
	}
	return out
}

func toJSONEntry(d *Difference, e *EntryChange) jsonEntry {
	out := jsonEntry{Kind: e.Kind().String(), ID: e.ID(), Change: changeWord(e.Old != nil, e.New != nil), Texts: e.Texts}
	if e.Old != nil && e.Old.When != nil {
		out.Old = diag.Clean(d.Old.Describe(e.Old.When))
	}
	if e.New != nil && e.New.When != nil {
		out.New = diag.Clean(d.New.Describe(e.New.When))
	}
	out.Course = e.Course
	if e.Old != nil {
		out.OldTime = diag.Clean(d.Old.DescribeCourse(e.Old.course))
	}
	if e.New != nil {
		out.NewTime = diag.Clean(d.New.DescribeCourse(e.New.course))
	}
	if l := e.either().Level; l != nil {
		out.Level = l.ID
		if e.Moved {
			out.Was = e.Old.Level.ID
		}
	}
	if e.Old != nil && e.New != nil {
		out.Meaning = e.Meaning.String()
	}
	if e.Holds[Old].Whole != nil {
		out.Holds = &jsonSides{e.Holds[Old].Float(), e.Holds[New].Float()}
	}
	if e.Like != nil {
		out.Perhaps = e.Like.ID
	}
	if e.Effect != nil {
		cause := toJSONCause(e.Effect)
		out.Effect = &cause
	}
	return out
}

func toJSONRows(name string, r *Rows) *jsonRows {
	count := func(c *RowCount) jsonCount { return jsonCount(*c) }
	return &jsonRows{Name: name, Decided: r.Decided, Bad: r.Bad, Bounds: r.Bounds,
		Levels: each(r.Levels, func(l *RowLevel) jsonRowLevel {
			out := jsonRowLevel{Old: l.In[Old], New: l.In[New]}
			if l.ID != "" {
				out.Level = &l.ID
			}
			return out
		}),
		Moves: each(r.Moves, func(m *RowMove) jsonRowMove {
			return jsonRowMove{levelOrNull(m.From), levelOrNull(m.To), rowDirection(m.Direction, m.From == nil || m.To == nil), m.Count}
		}),
		Changed:   each(r.Changed, toJSONRow),
		States:    each(r.Entries, func(e *RowEntry) jsonState { return jsonState{e.Kind.String(), e.ID, e.Count} }),
		OldCannot: each(r.Foreign[Old], count), NewCannot: each(r.Foreign[New], count),
		Problems: each(r.Problems, func(p *diag.Diagnostic) jsonRowsProblem {
			return jsonRowsProblem{p.At.File, p.At.Line, p.At.Col, p.Code, diag.Clean(p.Message)}
		})}
}

func levelOrNull(l *pack.Level) *string {
	if l == nil {
		return nil
	}
	return &l.ID
}

func toJSONRow(c *RowChange) jsonRow {
	id := func(l **pack.Level) string { return (*l).ID }
	return jsonRow{ID: c.ID, File: c.At.File, Line: c.At.Line, From: each(c.From, id), To: each(c.To, id),
		Direction: rowDirection(c.Direction, len(c.From) != 1 || len(c.To) != 1), Criteria: each(c.Reasons, toJSONReason)}
}
