// Package verify proves statements about a pack over all combinations of
// answers, or refutes them, each with answers that show it.
package verify
