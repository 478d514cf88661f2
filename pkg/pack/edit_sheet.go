package pack

import (
	"bytes"
	"reflect"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
)

// EditSheet returns the text of a sheet with the recommendation and the
// placement of s in place of its own, and every other byte as it was: comments,
// the order of the keys, the way in which answers are written. What differs is
// replaced as a whole, comments within it too; what is new comes before the
// notes and the answers.
//
// It is not ok where that cannot be done: in a text that is not written a key a
// line (JSON, brackets), or one that s is not, apart from these two. Reading the
// edited text gives s, which is tried before it is returned.
func (p *Pack) EditSheet(data []byte, s Sheet) (edited []byte, ok bool) {
	old, ds := p.ReadAnswers("", data, nil)
	top, _ := parseYAML("", data)
	if diag.HasErrors(ds) || top == nil || top.Kind != yaml.MappingNode || top.Style&yaml.FlowStyle != 0 {
		return nil, false
	}
	t := newKeyed(data, top)
	if !reflect.DeepEqual(old.Recommended, s.Recommended) {
		t.set("recommendation", encodeRecommended(s.Recommended), "placement", "notes", "answers")
	}
	if !reflect.DeepEqual(old.Placement, s.Placement) {
		t.set("placement", encodePlacement(s.Placement), "notes", "answers")
	}
	edited = t.bytes()
	again, ds := p.ReadAnswers("", edited, nil)
	if diag.HasErrors(ds) || !reflect.DeepEqual(again, s) {
		return nil, false
	}
	return edited, true
}

// keyed is a text in blocks, one a key of its top mapping: the lines from the
// comments above the key to those above the next.
type keyed struct {
	blocks []block // the first is what stands above all keys
	end    string  // of a line
}

type block struct{ key, text string }

func newKeyed(data []byte, top *yaml.Node) *keyed {
	t := &keyed{end: "\n"}
	if bytes.Contains(data, []byte("\r\n")) {
		t.end = "\r\n"
	}
	lines := strings.SplitAfter(string(data), "\n")
	from, key := 0, ""
	for i := 0; i < len(top.Content); i += 2 {
		at := min(top.Content[i].Line-1, len(lines))
		for i > 0 && at > from && isRemark(lines[at-1]) {
			at--
		}
		at = max(at, from)
		t.blocks = append(t.blocks, block{key, strings.Join(lines[from:at], "")})
		from, key = at, top.Content[i].Value
	}
	t.blocks = append(t.blocks, block{key, strings.Join(lines[from:], "")})
	return t
}

// isRemark reports whether a line is empty or a comment from its first column
// on: part of no value.
func isRemark(line string) bool {
	line = strings.TrimRight(line, "\r\n")
	return strings.TrimSpace(line) == "" || line[0] == '#'
}

// set replaces the block of a key by text, which may be empty. A new one comes
// before the first of the keys before that is there.
func (t *keyed) set(key, text string, before ...string) {
	text = strings.ReplaceAll(text, "\n", t.end)
	i := slices.IndexFunc(t.blocks, func(b block) bool { return b.key == key })
	if i >= 0 {
		above, below := remarksAround(t.blocks[i].text)
		t.blocks[i].text = above + text + below
		return
	}
	i = slices.IndexFunc(t.blocks, func(b block) bool { return slices.Contains(before, b.key) })
	if i < 0 {
		i = len(t.blocks)
	}
	t.blocks = slices.Insert(t.blocks, i, block{key, text})
}

// remarksAround returns the remarks above and below what a block holds.
func remarksAround(text string) (above, below string) {
	lines := strings.SplitAfter(text, "\n")
	from, to := 0, len(lines)
	for from < to && isRemark(lines[from]) {
		from++
	}
	for to > from && isRemark(lines[to-1]) {
		to--
	}
	return strings.Join(lines[:from], ""), strings.Join(lines[to:], "")
}

func (t *keyed) bytes() []byte {
	var b bytes.Buffer
	for _, x := range t.blocks {
		b.WriteString(x.text)
	}
	return b.Bytes()
}
