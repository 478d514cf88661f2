package rules

import (
	"embed"
	"io/fs"
)

//go:embed init
var initial embed.FS

// Template returns the files of the pack that an author begins with: small,
// complete and sound, with cases that hold, and comments that teach. It is none
// of the packs that the program decides with, and has no name among them.
func Template() fs.FS {
	sub, err := fs.Sub(initial, "init")
	if err != nil {
		panic(err) // only for a name that is no path
	}
	return sub
}
