package schema_test

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/schema"
)

// Why a schema does not see what is wrong with a pack.
const (
	elsewhere = "what is wrong hangs on another place"
	beside    = "what is wrong hangs on a value beside it"
	writing   = "what is wrong is how the value is written"
	below     = "what is wrong is below YAML's level of meaning"
)

// beyond are the broken packs whose mistake neither schema sees, with the reason.
var beyond = map[string]string{
	"answer_total.yaml":               beside,
	"band_gap.yaml":                   beside,
	"band_order.yaml":                 beside,
	"band_overlap.yaml":               beside,
	"band_range.yaml":                 beside,
	"band_start.yaml":                 beside,
	"base_indications.yaml":           elsewhere,
	"care_order.yaml":                 beside,
	"changed_fraction.yaml":           elsewhere,
	"changed_percent_below_zero.yaml": elsewhere,
	"changed_percent_scale.yaml":      elsewhere,
	"changed_range.yaml":              elsewhere,
	"condition_circle.yaml":           elsewhere,
	"condition_self.yaml":             elsewhere,
	"count_range.yaml":                beside,
	"courses_days.yaml":               beside,
	"courses_twice.yaml":              elsewhere,
	"emergency_level.yaml":            elsewhere,
	"fill_item.yaml":                  beside,
	"guarantee_always.yaml":           elsewhere,
	"id_duplicate.yaml":               elsewhere,
	"id_duplicate_criterion.yaml":     elsewhere,
	"id_duplicate_score.yaml":         elsewhere,
	"id_item_clash.yaml":              elsewhere,
	"key_duplicate.yaml":              below,
	"level_misspelt.yaml":             elsewhere,
	"level_undefined.yaml":            elsewhere,
	"level_unlisted.yaml":             elsewhere,
	"milestone_order.yaml":            beside,
	"milestone_range.yaml":            beside,
	"number_exponent.yaml":            writing,
	"number_zero.yaml":                writing,
	"pack_empty":                      elsewhere,
	"pack_missing.yaml":               elsewhere,
	"range_order.yaml":                beside,
	"score_bands.yaml":                beside,
	"section_unlisted.yaml":           elsewhere,
	"sign_id_criterion.yaml":          elsewhere,
	"sign_id_note.yaml":               elsewhere,
	"smart_quotes_text.yaml":          writing,
	"term_number.yaml":                elsewhere,
	"test_all_options.yaml":           elsewhere,
	"test_between.yaml":               beside,
	"test_name_twice.yaml":            elsewhere,
	"text_bidi.yaml":                  below,
	"text_control.yaml":               below,
	"text_utf16.yaml":                 below,
	"total_items.yaml":                beside,
	"weight_missing.yaml":             elsewhere,
	"weight_unknown.yaml":             elsewhere,
	"weights_needed.yaml":             elsewhere,
	"yaml_anchor.yaml":                below,
	"yaml_deep.yaml":                  below,
	"yaml_documents.yaml":             below,
	"yaml_tag.yaml":                   below,
}

// onlyThePack are those whose mistake the schema of the language does not see,
// and that of the pack does: words that stand for nothing there, and tests that
// do not fit what they test.
var onlyThePack = words(`
	answer_unknown.yaml answered_referred.yaml band_unknown.yaml changed_choice.yaml changed_neither.yaml
	changed_question.yaml changed_score.yaml condition_question.yaml condition_unknown.yaml condition_with_colon.yaml
	courses_answer.yaml courses_outstanding.yaml courses_outstanding_sign.yaml courses_placed.yaml
	course_answered.yaml courses_sign_unknown.yaml criterion_kind.yaml criterion_unknown.yaml level_unknown.yaml
	note_unknown.yaml number_fraction.yaml number_word.yaml option_unknown.yaml profile_unknown.yaml
	question_unknown.yaml question_unknown_no_near.yaml section_unknown.yaml service_unknown.yaml source_unknown.yaml
	step_down_answered.yaml
	target_question.yaml target_score.yaml test_always.yaml test_choice_order.yaml test_multi_list.yaml
	test_never.yaml test_never_value.yaml test_yes_no.yaml`)

func words(text string) map[string]bool {
	all := map[string]bool{}
	for _, word := range strings.Fields(text) {
		all[word] = true
	}
	return all
}

// Of the broken packs a schema refuses those whose mistake is one of shape. The
// others are listed, so that nobody takes a schema for more than it is.
func TestBrokenPacks(t *testing.T) {
	anyRules, anyTests := compile(t, schema.Options{}), compile(t, schema.Options{Tests: true})
	seen := map[string]bool{}
	for name, files := range brokenPacks(t) {
		seen[name] = true
		t.Run(name, func(t *testing.T) {
			refused := refusedBy(t, files, func(tests bool) check {
				if tests && len(files) > 1 {
					return func(n *yaml.Node) string { return problemsOf(anyTests, n) }
				}
				return func(n *yaml.Node) string { return problemsOf(anyRules, n) }
			})
			_, listed := beyond[name]
			switch {
			case refused && (listed || onlyThePack[name]):
				t.Error("the schema of the language sees it: it does not belong on a list")
			case refused:
				return
			case !listed && !onlyThePack[name]:
				_, ds := read(t, files)
				t.Errorf("the schema of the language does not see it, and it is not said why\n%v", ds)
			}
			if listed { // what the pack's schema does not see either; see TestReaderAndSchemaAgree
				return
			}
			p, _ := read(t, files)
			its := compile(t, schema.Options{Pack: p})
			refused = refusedBy(t, files, func(bool) check {
				return func(n *yaml.Node) string { return problemsOf(its, n) }
			})
			if !refused {
				t.Error("the schema of the pack does not see it")
			}
		})
	}
	for name := range beyond {
		if !seen[name] {
			t.Errorf("%s is no broken pack", name)
		}
	}
	for name := range onlyThePack {
		if !seen[name] {
			t.Errorf("%s is no broken pack", name)
		}
	}
}

type check func(*yaml.Node) string

// refusedBy reports whether one of the files is refused, or is no YAML, which
// every editor says.
func refusedBy(t *testing.T, files map[string]string, of func(tests bool) check) bool {
	t.Helper()
	for name, text := range files {
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(text), &doc); err != nil || len(doc.Content) == 0 {
			if strings.HasPrefix(text, "\xff\xfe") {
				continue // an editor knows the encoding
			}
			return true
		}
		if of(isTests(name))(&doc) != "" {
			return true
		}
	}
	return false
}

// brokenPacks are the packs of testdata/check/err, each with one mistake.
func brokenPacks(t *testing.T) map[string]map[string]string {
	t.Helper()
	packs := map[string]map[string]string{}
	err := fs.WalkDir(os.DirFS("../../testdata/check/err"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == "." {
			return err
		}
		of, _, _ := strings.Cut(name, "/")
		if d.IsDir() && of == name {
			packs[of] = map[string]string{}
		}
		if d.IsDir() || path.Ext(name) != ".yaml" {
			return nil
		}
		data, err := os.ReadFile("../../testdata/check/err/" + name)
		if packs[of] == nil {
			packs[of] = map[string]string{}
		}
		packs[of][name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return packs
}
