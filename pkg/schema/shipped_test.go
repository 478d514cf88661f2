package schema_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/schema"
	"github.com/carelevel/carelevel/rules"
)

var update = flag.Bool("update", false, "write the golden files, and the schemas beside the shipped packs")

// golden compares a schema with the file that holds it.
func golden(t *testing.T, file string, opts schema.Options) {
	t.Helper()
	var b bytes.Buffer
	if err := schema.Write(&b, opts); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	// A checkout on Windows may have other line ends.
	if diff := cmp.Diff(strings.ReplaceAll(string(want), "\r\n", "\n"), b.String()); diff != "" {
		t.Errorf("%s is not current; go test ./pkg/schema -update writes it (-file +schema)\n%s", file, diff)
	}
}

// What editors find beside the shipped packs is the schema of these packs.
func TestShippedSchemasAreCurrent(t *testing.T) {
	for _, name := range rules.Names() {
		p := load(t, yamlFiles(t, rules.FS, name))
		golden(t, filepath.Join("../../rules", name, "schema.json"), schema.Options{Pack: p})
	}
}

// Every file of the shipped packs names the schema beside its pack, as it is
// seen from that file: a copy of the folder keeps it.
func TestShippedFilesNameTheirSchema(t *testing.T) {
	for _, name := range rules.Names() {
		for file, text := range yamlFiles(t, rules.FS, name) {
			want := "# yaml-language-server: $schema=" + strings.Repeat("../", strings.Count(file, "/")) + "schema.json"
			if isTests(file) {
				want += "#/$defs/cases"
			}
			head, _, _ := strings.Cut(text, "\n\n")
			if lines := strings.Split(head, "\n"); lines[len(lines)-1] != want {
				t.Errorf("%s/%s: the comment at its head ends with %q, want %q", name, file, lines[len(lines)-1], want)
			}
		}
	}
}

// The program carries all files of the packs, and nothing else that lies there.
func TestWhatIsEmbedded(t *testing.T) {
	for _, name := range rules.Names() {
		embedded := yamlFiles(t, rules.FS, name)
		err := fs.WalkDir(os.DirFS("../../rules"), name, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			_, has := embedded[strings.TrimPrefix(file, name+"/")]
			if isYAML := path.Ext(file) == ".yaml"; has != isYAML {
				t.Errorf("%s is in the program: %v, want %v", file, has, isYAML)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
