package mutate

import (
	"github.com/carelevel/carelevel/pkg/pack"
)

// course makes the mutants of a statement over time.
func (m *maker) course(o *pack.Outline) {
	key, value := o.Keys[0], o.Of[0]
	switch key.Value {
	case "all", "any", "none":
		m.joint(o, key, value)
		m.parts(value, m.course)
		return
	case "held":
		m.steps(Time, value.Get("times"))
		m.condition(value.Get("when"))
	case "seen":
		m.steps(Time, value.Get("within_days"))
		m.condition(value.Get("when"))
	case "changed":
		m.changed(value)
	}
	m.negate(o)
}

// changed moves the amount and the time, and turns worse and better into each
// other.
func (m *maker) changed(o *pack.Outline) {
	reverse := map[string]string{"worse_by": "better_by", "better_by": "worse_by", "worse_by_percent": "better_by_percent", "better_by_percent": "worse_by_percent"}
	for i, key := range o.Keys {
		value := o.Of[i]
		switch {
		case reverse[key.Value] != "":
			m.swap(Comparison, key, reverse[key.Value])
			m.steps(Threshold, value)
		case key.Value == "within_days":
			m.steps(Time, value)
		case key.Value == "since":
			for _, since := range []string{"first", "last", "level"} {
				if since != value.Value {
					m.swap(Time, value, since)
				}
			}
		}
	}
}
