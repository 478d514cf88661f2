package mutate

import (
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// site is something in the rules that mutants are made of.
type site struct {
	kind   string // as the rule language calls it: indication, requirement, warning, condition, …
	id     string
	file   *file
	at     *pack.Outline // its id
	when   *pack.Outline // nil if there is none
	course *pack.Outline // likewise
	list   *pack.Outline // that holds it; nil for what stands under a key
	index  int           // in list
	level  string        // of a criterion or a sign
	sum    *pack.Outline // of a score
}

// readFiles returns the files of the rules, in the order of their names.
func readFiles(src *diag.Sources) []*file {
	var files []*file
	for _, name := range src.Names() {
		data, _ := src.Data(name)
		if root, ok := pack.ReadOutline(data); ok && root.Kind == pack.OutlineMapping {
			files = append(files, &file{name, data, root})
		}
	}
	return files
}

// findSites returns what mutants can be made of: all but guarantees, tests and
// texts. They stand in the order of the files, and in that of their lines.
func findSites(files []*file) (all []*site) {
	for _, f := range files {
		for i, key := range f.root.Keys {
			all = append(all, f.sites(key.Value, f.root.Of[i])...)
		}
	}
	return all
}

var noteKinds = map[string]string{"warnings": "warning", "contradictions": "contradiction", "barriers": "barrier"}

var criterionKinds = map[string]string{"indications": "indication", "requirements": "requirement", "supports": "support", "step_down": "step_down", "step_up": "sign"}

func (f *file) sites(key string, at *pack.Outline) (all []*site) {
	switch key {
	case "levels":
		for i, id := range at.Keys {
			level := at.Of[i]
			for k, key := range level.Keys {
				if kind := criterionKinds[key.Value]; kind != "" {
					all = append(all, f.listed(kind, id.Value, level.Of[k])...)
				}
			}
		}
	case "warnings", "contradictions", "barriers":
		return f.listed(noteKinds[key], "", at)
	case "conditions", "services", "scores":
		for i, id := range at.Keys {
			of := at.Of[i]
			s := &site{kind: strings.TrimSuffix(key, "s"), id: id.Value, file: f, at: id, when: of.Get("when"), sum: of.Get("sum")}
			if s.when != nil || s.sum != nil {
				all = append(all, s)
			}
		}
	}
	return all
}

// listed are the sites of a list whose elements have an id.
func (f *file) listed(kind, level string, list *pack.Outline) (all []*site) {
	for i, of := range list.Of {
		if id := of.Get("id"); id != nil {
			all = append(all, &site{kind: kind, id: id.Value, file: f, at: id, when: of.Get("when"), course: of.Get("course"), list: list, index: i, level: level})
		}
	}
	return all
}
