package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"gopkg.in/yaml.v3"
)

// What rules/README.md says about repositories is taken from the page and run,
// so that what people copy is what was tested.

// repositoryFence is the first fence of a kind in that section.
func repositoryFence(t *testing.T, kind string) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "rules", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\n## In a repository\n")
	section, _, _ = strings.Cut(section, "\n## ")
	_, fence, found := strings.Cut(section, "\n```"+kind+"\n")
	fence, _, closed := strings.Cut(fence, "\n```")
	if !found || !closed {
		t.Fatalf("the section has no fence of the kind %q", kind)
	}
	return fence
}

// workflow is as much of a GitHub workflow as matters here.
type workflow struct {
	On   []string
	Jobs map[string]struct {
		Steps []struct {
			Uses, Run string
			With      map[string]string
		}
	}
}

// runs are the lines that the workflow of the page runs with the program.
func runs(t *testing.T) (commands []string, kept string) {
	t.Helper()
	var w workflow
	if err := yaml.Unmarshal([]byte(repositoryFence(t, "yaml workflow")), &w); err != nil {
		t.Fatal(err)
	}
	for _, job := range w.Jobs {
		for _, step := range job.Steps {
			for l := range strings.Lines(step.Run) {
				if strings.HasPrefix(l, "carelevel ") {
					commands = append(commands, strings.TrimSpace(l))
				}
			}
			if strings.HasPrefix(step.Uses, "actions/upload-artifact@") {
				kept = step.With["path"]
			}
		}
	}
	return commands, kept
}

// inScript runs a recipe on a new pack, on which every line of it succeeds, and
// each on packs with something wrong, which one of them has to find.
func inScript(t *testing.T, recipe []string) {
	good, bad := "exec carelevel rules init my-rules/\n", ""
	for _, line := range recipe {
		good += "exec " + line + "\n"
	}
	good += "exists my-rules.html\n"
	for _, wrong := range []struct{ edit, finds string }{
		{"cp layout.yaml my-rules/more.yaml", " fmt "},
		{"cp unused.yaml my-rules/more.yaml", " check "},
		{"cp fails_test.yaml my-rules/more_test.yaml", " test "},
		{"rm my-rules/cases_test.yaml", " test "},
		{"cp dead.yaml my-rules/more.yaml", " verify "},
	} {
		i := slices.IndexFunc(recipe, func(l string) bool { return strings.Contains(l, wrong.finds) })
		if i < 0 {
			t.Fatalf("no line with %q in %q", wrong.finds, recipe)
		}
		bad += "rm my-rules\nexec carelevel rules init my-rules/\n" + wrong.edit + "\n! exec " + recipe[i] + "\n"
	}
	bad += `
-- layout.yaml --
sources:
    more:
        note: Four spaces, and the title last.
        title: More
-- unused.yaml --
sources:
  more:
    title: Nothing cites it
    note: Nothing at all.
-- fails_test.yaml --
tests:
  - name: wrong
    profile: well
    expect: {level: hospital}
-- dead.yaml --
guarantees:
  - id: broken
    whenever: {functioning: impaired}
    at_least: iop
    because: This is not so.
    sources: [policy]
`
	dir := t.TempDir()
	for name, text := range map[string]string{"good.txtar": good, "bad.txtar": bad} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	testscript.Run(t, testscript.Params{Dir: dir, RequireExplicitExec: true})
}

func TestRecipeOfThePage(t *testing.T) {
	inScript(t, strings.Split(repositoryFence(t, "sh"), "\n"))
}

func TestWorkflowOfThePage(t *testing.T) {
	commands, kept := runs(t)
	inScript(t, commands)
	if kept != "my-rules.html" {
		t.Errorf("the workflow keeps %q", kept)
	}
	plain := strings.Split(repositoryFence(t, "sh"), "\n")
	for i := range commands {
		commands[i] = strings.Replace(commands[i], " --format github", "", 1)
	}
	if d := cmp.Diff(plain, commands); d != "" {
		t.Errorf("the workflow runs something else than the recipe (-recipe +workflow):\n%s", d)
	}
}

// hook is one of .pre-commit-hooks.yaml, or what a repository says of it.
type hook struct {
	ID, Name, Description, Language, Entry, Files string
	Args                                          []string
	PassFilenames                                 *bool `yaml:"pass_filenames"`
}

func hooks(t *testing.T) []hook {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", ".pre-commit-hooks.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	var all []hook
	if err := decoder.Decode(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

// command is what pre-commit runs: the entry, and then the args of the
// repository, else those of the hook.
func (h hook) command(args []string) []string {
	if args == nil {
		args = h.Args
	}
	return append(strings.Fields(h.Entry)[1:], args...)
}

// wrongs are edits of the new pack that each hook has to find, by its id.
var wrongs = map[string]struct{ file, old, new string }{
	"carelevel-fmt":   {"sources.yaml", "    title: Level of care policy", `    title: "Level of care policy"` + "\n    # "},
	"carelevel-check": {"levels.yaml", "{crises: {at_least: 3}}", "{crisis: {at_least: 3}}"},
	"carelevel-test":  {"levels.yaml", "{crises: {at_least: 3}}", "{crises: {at_least: 4}}"},
}

func TestHooksAreSound(t *testing.T) {
	all := hooks(t)
	if len(all) != len(wrongs) {
		t.Errorf("%d hooks, %d of them tried", len(all), len(wrongs))
	}
	for _, h := range all {
		// With the files that changed as its packs a hook would check each by
		// itself, and without any pack the one inside the program.
		if h.Language != "golang" || h.PassFilenames == nil || *h.PassFilenames || !cmp.Equal(h.Args, []string{"."}) || !strings.HasPrefix(h.Entry, "carelevel ") {
			t.Errorf("%s: %+v", h.ID, h)
		}
		files, err := regexp.Compile(h.Files)
		if err != nil || !files.MatchString("my-rules/levels.yaml") || !files.MatchString("a.yml") || files.MatchString("README.md") || files.MatchString("a.yaml.orig") {
			t.Errorf("%s: files %q, %v", h.ID, h.Files, err)
		}
	}
}

// Each hook is quiet on a sound pack, and stops the commit of one that is not:
// by its exit code, or, as pre-commit takes it, by changing a file.
func TestHooksFindWhatIsWrong(t *testing.T) {
	var config struct {
		Repos []struct {
			Repo, Rev string
			Hooks     []struct {
				ID   string
				Args []string
			}
		}
	}
	if err := yaml.Unmarshal([]byte(repositoryFence(t, "yaml pre-commit")), &config); err != nil {
		t.Fatal(err)
	}
	shown := map[string][]string{}
	for _, h := range config.Repos[0].Hooks {
		shown[h.ID] = h.Args
	}
	for _, h := range hooks(t) {
		args, listed := shown[h.ID]
		if !listed {
			t.Errorf("the page does not show the hook %s", h.ID)
		}
		for _, in := range []struct {
			name, pack string
			args       []string
		}{{"as on the page", "my-rules", args}, {"whole repository", ".", nil}} {
			t.Run(h.ID+" "+in.name, func(t *testing.T) { tryHook(t, h, in.pack, in.args) })
		}
	}
}

func tryHook(t *testing.T, h hook, folder string, args []string) {
	t.Chdir(t.TempDir())
	quietly(t, exitDone, "rules", "init", folder)
	w := wrongs[h.ID]
	path := filepath.Join(folder, w.file)
	sound := fileText(t, path)
	quietly(t, exitDone, h.command(args)...)
	if fileText(t, path) != sound {
		t.Errorf("%s changes a file that is laid out", h.ID)
	}
	broken := strings.Replace(sound, w.old, w.new, 1)
	if broken == sound {
		t.Fatalf("%s: nothing was broken", w.file)
	}
	if err := os.WriteFile(path, []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	if h.ID == "carelevel-fmt" {
		quietly(t, exitDone, h.command(args)...)
		if fileText(t, path) == broken {
			t.Errorf("%s leaves the file as it is", h.ID)
		}
		return
	}
	quietly(t, exitProblems, h.command(args)...)
}

func fileText(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// quietly runs the program and insists on its exit code.
func quietly(t *testing.T, want int, args ...string) {
	t.Helper()
	var out bytes.Buffer
	if code := Main(args, strings.NewReader(""), &out, &out); code != want {
		t.Fatalf("carelevel %s: exit code %d, want %d\n%s", strings.Join(args, " "), code, want, out.String())
	}
}
