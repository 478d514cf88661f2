// Package atlas draws a pack's whole behaviour: as a table of disjoint rows
// that anybody can hold an implementation against, and as a graph.
package atlas
