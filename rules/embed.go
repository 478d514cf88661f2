// Package rules holds the packs that are built into the binary, as they are
// written: each is a folder of YAML files that anybody can read, copy and
// change.
//
// It only hands out their texts, and refuses to read them: that is package
// pack. Nothing in the program knows one of these packs by its content.
package rules

import "embed"

// FS holds the packs, one folder each, with their tests. The schemas beside them
// are for editors, which find them on disk, and are left out: the program can
// write them.
//
//go:embed mental-health/*.yaml mental-health/*/*.yaml
//go:embed medicare-iop/*.yaml medicare-iop/*/*.yaml
var FS embed.FS

// Default is the name of the pack that is used where none is asked for.
const Default = "mental-health"

// Names returns the names of the packs, which are their folders in FS, in the
// order in which they are listed: the default first.
func Names() []string {
	return []string{Default, "medicare-iop"}
}
