package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/spf13/cobra"
)

// versionInfo is what `carelevel version` says.
type versionInfo struct {
	Version  string        `json:"version"`
	Revision string        `json:"revision,omitempty"`
	Go       string        `json:"go"`
	Platform string        `json:"platform"`
	Packs    []packVersion `json:"packs"`
}

type packVersion struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Hash    string `json:"hash"`
}

func newVersion(g *globals) *cobra.Command {
	var out output
	c := &cobra.Command{
		Use:   "version",
		Short: "Print the version of the program and of the rules inside",
		Example: `  carelevel version
  carelevel version --format json`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := out.resolve(); err != nil {
				return err
			}
			info, err := readVersion()
			if err != nil {
				return err
			}
			return out.write(g, func(w io.Writer) error { return writeVersion(w, info, out.format) })
		},
	}
	out.addTo(c, "text", "json")
	return c
}

func readVersion() (versionInfo, error) {
	info := versionInfo{Version: "devel", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if build, ok := debug.ReadBuildInfo(); ok {
		if v := build.Main.Version; v != "" && v != "(devel)" {
			info.Version = v
		}
		for _, s := range build.Settings {
			if s.Key == "vcs.revision" {
				info.Revision = s.Value
			}
		}
	}
	for _, name := range builtinNames() {
		p, ds, err := readPack(name, false, nil)
		if err != nil || diag.HasErrors(ds) {
			return info, fmt.Errorf("the built-in rules %s cannot be read: %w", name, err)
		}
		info.Packs = append(info.Packs, packVersion{p.ID, p.Version, p.Hash})
	}
	return info, nil
}

func writeVersion(w io.Writer, info versionInfo, format string) error {
	if format == "json" {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(info)
	}
	fmt.Fprintf(w, "carelevel %s", info.Version)
	if info.Revision != "" {
		fmt.Fprintf(w, " (%.12s)", info.Revision)
	}
	fmt.Fprintf(w, ", %s, %s\n", info.Go, info.Platform)
	for _, p := range info.Packs {
		fmt.Fprintf(w, "rules %s %s, %s\n", p.ID, p.Version, p.Hash)
	}
	return nil
}
