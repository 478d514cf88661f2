// Carelevel is a level-of-care advisor for the command line: see the README.
package main

import (
	"os"

	"github.com/carelevel/carelevel/pkg/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
