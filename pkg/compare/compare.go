// Package compare says exactly which combinations of answers two packs treat
// differently.
package compare
