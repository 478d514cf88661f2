package compare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// LevelChange is a level that one pack has and the other has not, or describes
// otherwise.
type LevelChange struct {
	Old, New *pack.Level // nil: it is not there
	Like     *pack.Level // of a level that only one pack has: one that only the other has and that is much the same

	Referral, Emergency bool     // it becomes one, or is one no more
	Added, Removed      []string // services that it offers, by their ids
	Time                []string // what differs of what it says over time: "targets", "due", "here"
	Texts               []string // which texts differ: "title", "care"
}

// ID returns the level's id.
func (c *LevelChange) ID() string {
	if c.New != nil {
		return c.New.ID
	}
	return c.Old.ID
}

// Decides reports whether the change is one of more than words.
func (c *LevelChange) Decides() bool {
	return c.Old == nil || c.New == nil || c.Referral || c.Emergency || len(c.Added)+len(c.Removed)+len(c.Time) > 0
}

func levelChanges(old, new *pack.Pack) []LevelChange {
	var out []LevelChange
	for _, n := range new.Levels {
		o := old.Level(n.ID)
		if o == nil {
			out = append(out, LevelChange{New: n})
			continue
		}
		c := LevelChange{Old: o, New: n, Referral: o.Referral != n.Referral, Emergency: o.Emergency != n.Emergency,
			Time: textChanges(levelTimes(old, o), levelTimes(new, n)), Texts: textChanges(levelTexts(o), levelTexts(n))}
		c.Added, c.Removed = listChanges(serviceIDs(o), serviceIDs(n))
		if c.Decides() || len(c.Texts) > 0 {
			out = append(out, c)
		}
	}
	for _, o := range old.Levels {
		if new.Level(o.ID) == nil {
			out = append(out, LevelChange{Old: o})
		}
	}
	likeLevels(out, old, new)
	return out
}

// likeLevels pairs a level that is gone with a new one of the same name, or
// between the same neighbours.
func likeLevels(all []LevelChange, old, new *pack.Pack) {
	for i := range all {
		for k := range all {
			o, n := all[i].Old, all[k].New
			if all[i].New != nil || all[k].Old != nil || all[i].Like != nil || all[k].Like != nil {
				continue
			}
			if o.Title != "" && o.Title == n.Title || o.Short != "" && o.Short == n.Short || neighbours(old, o) == neighbours(new, n) {
				all[i].Like, all[k].Like = n, o
			}
		}
	}
}

// neighbours names the levels below and above.
func neighbours(p *pack.Pack, l *pack.Level) [2]string {
	var out [2]string
	if l.Index > 0 {
		out[0] = p.Levels[l.Index-1].ID
	}
	if l.Index+1 < len(p.Levels) {
		out[1] = p.Levels[l.Index+1].ID
	}
	return out
}

func serviceIDs(l *pack.Level) []string {
	var out []string
	for _, s := range l.Services {
		out = append(out, s.ID)
	}
	return out
}

// listChanges returns what is only in the new list, and what only in the old.
func listChanges(old, new []string) (added, removed []string) {
	for _, id := range new {
		if !slices.Contains(old, id) {
			added = append(added, id)
		}
	}
	for _, id := range old {
		if !slices.Contains(new, id) {
			removed = append(removed, id)
		}
	}
	return added, removed
}

func levelTexts(l *pack.Level) []text {
	return []text{{"title", l.Title}, {"short", l.Short}, {"summary", l.Summary}, {"action", l.Action}, {"care", fmt.Sprint(l.Care)},
		{"suits", statements(l.Suits)}, {"objectives", statements(l.Aims())}, {"team", statements(l.Team)},
		{"documentation", statements(l.Documentation)}, {"agree", statements(l.Agree)}, {"sources", sourceIDs(l.Sources)}}
}

// levelTimes are what a level says over time beside its criteria and signs.
func levelTimes(p *pack.Pack, l *pack.Level) []text {
	return []text{{"targets", targets(p, l)}, {"due", due(l)}, {"here", spelled(p, l.Here)}}
}

// headerChanges compares what packs say of themselves. The version is not
// among it: it is part of their names.
func headerChanges(old, new *pack.Pack) []string {
	header := func(p *pack.Pack) []text {
		return []text{{"title", p.Title}, {"description", p.Description}, {"population", p.Population},
			{"intended use", p.IntendedUse}, {"limits", statements(p.Limits)}, {"sections", sections(p)}}
	}
	return textChanges(header(old), header(new))
}

func sections(p *pack.Pack) string {
	var out []string
	for _, s := range p.Sections {
		out = append(out, s.ID, s.Title, s.Help)
	}
	return strings.Join(out, between)
}
