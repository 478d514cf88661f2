// Package lint looks at a pack that can be read for what should not stay as it
// is: what nothing uses, what is said twice, thresholds without a source, and
// words that do not read well. Everything it finds is a warning, has a code
// and a page that explains it, and may stand if the pack says why, under
// allow. It also prints the pages of all other codes of the program, and
// mends what can be mended without a decision.
//
// It refuses to guess: a check of which the outcome hangs on parts of the pack
// that could not be read is not made, and what is not exact is said to be a
// measure.
package lint
