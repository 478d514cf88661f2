package report

// drawing is a chart as the template writes it.
type drawing struct {
	*chart
	About           string   // in words, for who does not see it
	Keys            []string // what the signs mean, as far as they occur
	Width           int
	Height          px
	Left            px
	Right           px
	End             px // of the bars: beyond the last day, since nobody knows how it goes on
	Small           bool
	Number          px // where the numbers beside the axis end
	Panels          []drawnPanel
	Rows            []drawnRow
	Stays           []drawnStay
	Steps           []drawnStep
	Signs           []drawnSign
	LevelsTop, Axis px
	Ticks           []drawnTick
}

type drawnPanel struct {
	Top, Bottom px
	Heads       []drawnHead
	Rules       []drawnRule
	Bands       []drawnText
	Lines       []drawnLine
	Values      []drawnText
	Ends        []drawnText
}

type drawnHead struct {
	X, Y, Line px // the sample of its line, to Line
	Sample     drawnMarker
	Text       drawnText
	Nth        int
}

// drawnText is text at a place; Full is all of it where it was cut, or more
// about it.
type drawnText struct {
	X, Y px
	Text string
	Full string
}

type drawnRule struct {
	Y, Base px // Base is where the number stands
	Label   int
	Edge    bool // an end of the axis and not a threshold
}

// drawnLine is the line of a series, in pieces where scores are missing.
type drawnLine struct {
	Nth     int
	Pieces  []string // points as a polyline takes them
	Markers []drawnMarker
}

type drawnMarker struct {
	X, Y  px
	Nth   int
	Small bool
	Says  string
}

type drawnRow struct {
	Y    px // of the rule below it
	Name drawnText
}

type drawnStay struct {
	X, Y, Width px
	Pattern     int
	Name        drawnText // empty where it has no room
	Says        string
}

type drawnStep struct{ X, From, To px }

type drawnSign struct {
	X, Y, Base px
	Text       string
	Says       string
}

type drawnTick struct {
	X    px
	Date drawnText // empty where it has no room
}
