package compare

import (
	"encoding/json"
	"io"
)

// Schema names the form of the JSON that JSON writes.
const Schema = "carelevel.diff/1"

// JSON writes a report for programs. Counts of combinations are strings of
// digits: they are larger than what many a reader of JSON keeps exact. All rows
// that change are listed, whatever Limit says.
func JSON(w io.Writer, r Report) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(jsonReport(r))
}

type jsonDiff struct {
	Schema       string         `json:"schema"`
	Old          jsonPack       `json:"old"`
	New          jsonPack       `json:"new"`
	Decides      bool           `json:"decides"`
	Combinations *jsonMoves     `json:"combinations"` // null: too many to tell apart
	Levels       jsonLevels     `json:"levels"`
	Questions    []jsonQuestion `json:"questions"`
	Criteria     []jsonEntry    `json:"criteria"`
	Texts        []string       `json:"texts"` // of the pack itself
	Rows         *jsonRows      `json:"rows,omitempty"`
}

type jsonPack struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Hash    string `json:"hash"`
}

type jsonShare struct {
	Count string  `json:"count"`
	Share float64 `json:"share"`
}

type jsonMoves struct {
	Questions int              `json:"questions"`
	Total     string           `json:"total"`
	Changed   jsonShare        `json:"changed"`
	Lower     jsonShare        `json:"lower"`
	Higher    jsonShare        `json:"higher"`
	Other     jsonShare        `json:"other"`
	Covers    jsonSides        `json:"covers"`
	Levels    []jsonLevelCount `json:"levels"`
	Moves     []jsonMove       `json:"moves"`
	Criteria  []jsonCause      `json:"criteria"`
}

type jsonSides struct {
	Old float64 `json:"old"`
	New float64 `json:"new"`
}

type jsonLevelCount struct {
	Level string  `json:"level"`
	Old   *string `json:"old"` // null: no such level
	New   *string `json:"new"`
}

type jsonMove struct {
	From      string      `json:"from"`
	To        string      `json:"to"`
	Direction string      `json:"direction"`
	Count     string      `json:"count"`
	Share     float64     `json:"share"`
	OfFrom    float64     `json:"share_of_from"`
	Example   jsonExample `json:"example"`
	Criteria  []jsonCause `json:"criteria"`
}

type jsonExample struct {
	Old      json.RawMessage `json:"old"`
	New      json.RawMessage `json:"new"`
	Stands   []string        `json:"not_at_best"`
	Criteria []jsonReason    `json:"criteria"`
}

type jsonCause struct {
	Criterion *string `json:"criterion"` // null: the levels themselves
	Count     string  `json:"count"`
	Alone     *string `json:"alone,omitempty"`
}

type jsonReason struct {
	Criterion string  `json:"criterion"`
	OldLevel  *string `json:"old_level"` // null: the pack does not have it
	NewLevel  *string `json:"new_level"`
	Old       *string `json:"old"` // "true", "unknown" or "false"
	New       *string `json:"new"`
}

type jsonLevels struct {
	Base      bool        `json:"base_changed"`
	Reordered bool        `json:"reordered"`
	Changed   []jsonLevel `json:"changed"`
}

type jsonLevel struct {
	ID              string   `json:"id"`
	Change          string   `json:"change"` // "added", "removed" or "changed"
	Perhaps         string   `json:"perhaps,omitempty"`
	Referral        bool     `json:"referral,omitempty"`
	Emergency       bool     `json:"emergency,omitempty"`
	ServicesAdded   []string `json:"services_added,omitempty"`
	ServicesRemoved []string `json:"services_removed,omitempty"`
	Time            []string `json:"over_time,omitempty"`
	Texts           []string `json:"texts,omitempty"`
}

type jsonQuestion struct {
	ID        string     `json:"id"`
	Change    string     `json:"change"` // "added", "removed", "changed" or "apart": two questions with one id
	Because   string     `json:"because,omitempty"`
	Perhaps   string     `json:"perhaps,omitempty"`
	PerhapsBy string     `json:"perhaps_by,omitempty"`
	Deciding  [2]bool    `json:"deciding"` // in old, in new
	OnlyOld   *jsonOnly  `json:"only_old,omitempty"`
	OnlyNew   *jsonOnly  `json:"only_new,omitempty"`
	Renamed   []jsonPair `json:"perhaps_options,omitempty"`
	Aspects   []Aspect   `json:"aspects,omitempty"`
	Texts     []string   `json:"texts,omitempty"`
}

type jsonPair struct {
	Old string `json:"old"`
	New string `json:"new"`
}

type jsonOnly struct {
	Options []string         `json:"options,omitempty"`
	Finer   bool             `json:"finer,omitempty"`
	When    string           `json:"when,omitempty"`
	Levels  []jsonLevelShare `json:"levels,omitempty"`
}

type jsonLevelShare struct {
	Level string  `json:"level"`
	Share float64 `json:"share"`
}

type jsonEntry struct {
	Kind    string     `json:"kind"`
	ID      string     `json:"id"`
	Change  string     `json:"change"` // "added", "removed" or "changed"
	Level   string     `json:"level,omitempty"`
	Was     string     `json:"old_level,omitempty"` // another level than now
	Perhaps string     `json:"perhaps,omitempty"`
	Meaning string     `json:"meaning,omitempty"` // see Meaning
	Old     string     `json:"old,omitempty"`     // the condition in words
	New     string     `json:"new,omitempty"`
	Course  bool       `json:"course_changed,omitempty"`
	OldTime string     `json:"old_course,omitempty"` // the statement over time in words
	NewTime string     `json:"new_course,omitempty"`
	Holds   *jsonSides `json:"holds,omitempty"`
	Effect  *jsonCause `json:"effect,omitempty"`
	Texts   []string   `json:"texts,omitempty"`
}

type jsonRows struct {
	Name      string            `json:"name"`
	Decided   int               `json:"decided"`
	Bad       int               `json:"bad"`
	Bounds    int               `json:"bounds,omitempty"`
	Levels    []jsonRowLevel    `json:"levels"`
	Moves     []jsonRowMove     `json:"moves"`
	Changed   []jsonRow         `json:"changed"`
	States    []jsonState       `json:"states"`
	OldCannot []jsonCount       `json:"old_cannot_take"`
	NewCannot []jsonCount       `json:"new_cannot_take"`
	Problems  []jsonRowsProblem `json:"problems"`
}

type jsonRowLevel struct {
	Level *string `json:"level"` // null: undetermined
	Old   int     `json:"old"`
	New   int     `json:"new"`
}

type jsonRowMove struct {
	From      *string `json:"from"` // null: undetermined
	To        *string `json:"to"`
	Direction string  `json:"direction"`
	Count     int     `json:"count"`
}

type jsonRow struct {
	ID        string       `json:"id,omitempty"`
	File      string       `json:"file"`
	Line      int          `json:"line,omitempty"`
	From      []string     `json:"from"`
	To        []string     `json:"to"`
	Direction string       `json:"direction"`
	Criteria  []jsonReason `json:"criteria"`
}

type jsonState struct {
	Kind  string `json:"kind"`
	ID    string `json:"id"`
	Count int    `json:"count"`
}

type jsonCount struct {
	Question string `json:"question"`
	Count    int    `json:"count"`
}

type jsonRowsProblem struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Code    string `json:"code"`
	Message string `json:"message"`
}
