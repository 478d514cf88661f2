package batch

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

// order follows whether ids ascend: as text, or, as long as all of them are
// whole numbers, as numbers. Which of the two it is need not be said: a file is
// in order as long as one of them holds.
type order struct {
	last   string // id; "" before the first
	line   int    // where it begins
	broken [2]string
}

// The two orders.
const (
	asText = iota
	asNumbers
)

// next takes the id of the next person, which is not that of the one before. It
// is wrong once both orders are broken.
func (o *order) next(id string, line int) error {
	if o.last != "" {
		o.hold(asText, strings.Compare(o.last, id) < 0, id, line)
	}
	switch {
	case !isWhole(id) && o.broken[asNumbers] == "":
		o.broken[asNumbers] = noNumbers
		if o.last != "" {
			o.broken[asNumbers] = fmt.Sprintf("%s (line %d) is no whole number", shownID(id), line)
		}
	case o.last != "" && o.broken[asNumbers] == "":
		o.hold(asNumbers, compareWhole(o.last, id) < 0, id, line)
	}
	o.last, o.line = id, line
	if o.broken[asText] == "" || o.broken[asNumbers] == "" {
		return nil
	}
	if o.broken[asNumbers] == noNumbers {
		return &OrderError{o.broken[asText]}
	}
	return &OrderError{fmt.Sprintf("%s; and %s", o.broken[asText], o.broken[asNumbers])}
}

// noNumbers says that the first id was none, so that nobody expects the order
// of numbers.
const noNumbers = "-"

// hold notes where an order was broken first.
func (o *order) hold(which int, ascends bool, id string, line int) {
	if !ascends && o.broken[which] == "" {
		o.broken[which] = fmt.Sprintf("the ids do not ascend %s: %s (line %d) is followed by %s (line %d)",
			[...]string{"as text", "as numbers"}[which], shownID(o.last), o.line, shownID(id), line)
	}
}

func shownID(id string) string { return strconv.Quote(diag.Clean(shortened(id))) }

// isWhole reports whether an id is a whole number: digits, however many.
func isWhole(id string) bool {
	for _, c := range []byte(id) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return id != ""
}

// compareWhole compares whole numbers, and as text those that are the same
// number.
func compareWhole(a, b string) int {
	x, y := strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	return cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y), strings.Compare(a, b))
}
