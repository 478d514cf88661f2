package interview

import (
	"context"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Prompter puts questions to a person. Each method shows one thing, waits for
// what the person does, and returns that; nothing is decided in it. It must
// never make up an answer: where its input ends, it returns io.EOF or
// io.ErrUnexpectedEOF, and where ctx ends, ctx's error.
//
// All text that it shows comes from a pack or a file name and may hold control
// characters; making it fit for where it is shown is the prompter's work.
type Prompter interface {
	// Ask puts one question, one item, or the choice of how to answer an
	// instrument.
	Ask(ctx context.Context, p Prompt) (Reply, error)
	// Pause says that there is nothing more that has to be asked, or that an
	// emergency has been reached.
	Pause(ctx context.Context, p Pause) (PauseReply, error)
	// Leave asks what to do with the answers of somebody who wants to leave.
	Leave(ctx context.Context, l Leave) (LeaveReply, error)
}

// Method is how an instrument is answered.
type Method int

// The methods. An instrument without items knows only its total.
const (
	MethodUnset Method = iota // not chosen yet
	ByItems                   // item by item
	ByTotal                   // as a total from elsewhere
	NotUsed                   // not assessed
)

// Prompt is one thing to ask, with what belongs beside it.
type Prompt struct {
	Pack     *pack.Pack
	Question *pack.Question
	Slot     int // whose answer is asked for: the question's, or an item's

	// ChooseMethod asks how the instrument is to be answered; the reply's
	// Method says so, and Value stays Missing.
	ChooseMethod bool
	Method       Method // the present one

	Value      pack.Value // the present answer; Missing if the question is new
	CanBack    bool       // there is something to go back to
	CanForward bool       // it has been asked before: one can go on without a change
	Last       *Last      // what was answered last time; nil where this is no review
	Problem    string     // why the last reply, or the last draft, was not taken; empty if it was

	Panel Panel
}

// Item returns the item that is asked for, and nil if it is the question.
func (p *Prompt) Item() *pack.Item {
	if s := p.Pack.Slots[p.Slot]; s.IsItem() {
		return &s.Question.Items[s.Item]
	}
	return nil
}

// Action is what a person does with a prompt.
type Action int

// The actions.
const (
	Answer  Action = iota // Value, or Method, is the answer; NotAssessed is one, too
	Back                  // to what was asked before; ignored at the beginning
	Forward               // on without a change; ignored where there is nothing to keep
	Quit                  // wants to leave
	Confirm               // the answer is as last time; a problem where Prompt.Last does not offer it
)

// Reply is what came of a Prompt.
type Reply struct {
	Action Action
	Value  pack.Value
	Method Method
}

// Panel is what the answers so far say.
type Panel struct {
	Levels    []LevelState      // every level, least intensive first
	Holds     []*pack.Criterion // indications that hold, the most intensive first
	Notes     []*pack.Note      // contradictions and warnings that hold
	Level     *pack.Level       // once it is determined
	Asked     int               // questions put so far, an instrument counting as one
	Remaining int               // questions that can still matter, at most
	Detail    bool              // the level is determined and details are being filled in
	Present   *pack.Level       // where the person is cared for now; nil where that is not known, and outside of a review
}

// LevelState is a level and whether missing answers can still lead to it.
type LevelState struct {
	Level    *pack.Level
	Possible bool
}

// Reason is why the interview pauses.
type Reason int

// The reasons.
const (
	Determined   Reason = iota // one level is left
	Undetermined               // several are left, and what decides was not assessed
	Emergency                  // a level that needs action at once
)

// Pause is a place where the interview can end.
type Pause struct {
	Pack   *pack.Pack
	Reason Reason
	Level  *pack.Level // nil if undetermined
	// More is how many questions could still be answered: those that fill in
	// requirements, supports, services and notes of a determined level, and
	// what a review compares, or those that were not assessed and keep the
	// level open. 0: none.
	More    int
	Open    []*pack.Question // those questions, in the order of the interview
	CanBack bool
	Problem string // why the last draft was not kept; empty if it was
	Panel   Panel
}

// PauseAction is what a person does with a Pause.
type PauseAction int

// The actions. GoOn is ignored where there is nothing more.
const (
	Finish    PauseAction = iota // see the result
	GoOn                         // answer what is open
	PauseBack                    // back to the last answer
	PauseQuit                    // wants to leave
)

// PauseReply is what came of a Pause.
type PauseReply struct{ Action PauseAction }

// Leave is the question what to do with the answers.
type Leave struct {
	Answered int    // questions put so far; 0: there is nothing to lose
	Kept     string // the file in which the answers are already; empty if in none
	Suggest  string // a file in which they could be kept; empty if they cannot
	Problem  string // why they could not be kept under the last name
	Pack     *pack.Pack
	Panel    Panel
}

// LeaveAction is what a person decides.
type LeaveAction int

// The actions.
const (
	Stay    LeaveAction = iota // go on with the interview
	Save                       // keep the answers in File and leave
	Discard                    // leave without keeping more than is kept already
)

// LeaveReply is what came of a Leave.
type LeaveReply struct {
	Action LeaveAction
	File   string // for Save
}
