package schema_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/schema"
)

// Whatever a label is, the schema of its pack is one, and takes it as an answer.
func FuzzLabels(f *testing.F) {
	for _, label := range []string{"None", "a|b", "(", `\`, "[", "ǅ", "\u212a", "ſ", "İ", `"`, "€ <&>"} {
		f.Add(label)
	}
	f.Fuzz(func(t *testing.T, label string) {
		p := &pack.Pack{ID: "p"}
		q := &pack.Question{ID: "q", Kind: pack.Choice, Ask: label, Options: []pack.Option{{ID: "a", Label: label}, {ID: "b", Label: "B"}}}
		p.Questions, p.Slots = []*pack.Question{q}, []pack.Slot{{ID: "q", Question: q, Item: -1, Max: 1}}
		if strings.ToValidUTF8(label, "") != label || strings.TrimSpace(label) != label {
			return // the reader refuses it, or reads it without the blanks
		}
		answer := map[string]any{"profiles": map[string]any{"x": map[string]any{"q": label}}}
		if err := compile(t, schema.Options{Pack: p, Tests: true}).Validate(answer); err != nil {
			t.Error(err)
		}
	})
}

// Packs of every shape have schemas, which are such by the standard.
func TestRandomPacks(t *testing.T) {
	for seed := range uint64(12) {
		p := enginetest.Pack(rand.New(rand.NewPCG(seed, 2)), enginetest.Size{Questions: 6, Small: seed%2 == 0})
		for _, tests := range []bool{false, true} {
			compile(t, schema.Options{Pack: p, Tests: tests})
		}
	}
}
