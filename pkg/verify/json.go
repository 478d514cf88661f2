package verify

import (
	"encoding/json"
	"io"
	"math/big"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Schema names the form of the JSON. Keys are added without a new name; none
// changes its meaning or goes away.
const Schema = "carelevel.verify/1"

// WriteJSON writes reports for programs: every statement about every pack with
// its status, its place and its witness, whose answers are as ReadAnswers reads
// them. Counts are decimal strings, since they are larger than the numbers of
// most programs. The error is w's.
func WriteJSON(w io.Writer, reports []*Report) error {
	out := jsonReports{Schema: Schema, OK: true, Packs: make([]jsonReport, len(reports))}
	for i, r := range reports {
		out.OK = out.OK && r.OK()
		out.Packs[i] = r.json()
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

type jsonReports struct {
	Schema string       `json:"schema"`
	OK     bool         `json:"ok"`
	Packs  []jsonReport `json:"packs"`
}

type jsonReport struct {
	Pack          jsonPack    `json:"pack"`
	OK            bool        `json:"ok"`
	Combinations  *string     `json:"combinations"` // null where they are not decided
	Contradictory *string     `json:"contradictory"`
	Levels        []jsonLevel `json:"levels"`
	Proved        int         `json:"proved"`
	Refuted       int         `json:"refuted"`
	Undecided     int         `json:"undecided"`
	Remarks       int         `json:"remarks"`
	Proofs        []jsonProof `json:"proofs"`
	LeftOut       []jsonPart  `json:"left_out"` // what asks whether something is answered
}

type jsonPack struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Hash    string `json:"hash"`
}

type jsonLevel struct {
	Level string  `json:"level"`
	Count string  `json:"count"`
	Share float64 `json:"share"`
}

type jsonProof struct {
	ID          string        `json:"id"`
	Kind        string        `json:"kind"`
	Status      string        `json:"status"`
	Code        string        `json:"code,omitempty"`
	Message     string        `json:"message"`
	At          *jsonSpan     `json:"at,omitempty"`
	About       jsonPart      `json:"about"`
	Lines       []jsonLine    `json:"answers,omitempty"`
	From        string        `json:"from,omitempty"`
	To          string        `json:"to,omitempty"`
	By          []string      `json:"by,omitempty"`
	Only        []string      `json:"only_in,omitempty"`
	Count       *string       `json:"count,omitempty"`
	Witness     []jsonWitness `json:"witness,omitempty"`
	Instruments []string      `json:"instruments,omitempty"`
}

type jsonPart struct {
	Level     string `json:"level,omitempty"`
	Criterion string `json:"criterion,omitempty"`
	Service   string `json:"service,omitempty"`
	Note      string `json:"note,omitempty"`
	Guarantee string `json:"guarantee,omitempty"`
	Question  string `json:"question,omitempty"`
}

type jsonSpan struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Col     int    `json:"column"`
	EndLine int    `json:"end_line"`
	EndCol  int    `json:"end_column"`
}

// jsonLine are answers to one question or item between which nothing, or on
// one side of a line, something is told apart.
type jsonLine struct {
	Question string   `json:"question"`
	Answers  []string `json:"answers"`
}

type jsonWitness struct {
	File     string          `json:"file"`
	Possible []string        `json:"possible"`
	Answers  json.RawMessage `json:"answers"`
}

func (r *Report) json() jsonReport {
	p := r.Pack
	out := jsonReport{Pack: jsonPack{p.ID, p.Version, p.Hash}, OK: r.OK(), Combinations: decimalString(r.Size), Contradictory: decimalString(r.Contradictory),
		Levels: []jsonLevel{}, Proofs: make([]jsonProof, len(r.Proofs)), LeftOut: []jsonPart{},
		Proved: r.Count(Proved), Refuted: r.Count(Refuted), Undecided: r.Count(Undecided), Remarks: r.Count(Remark)}
	for i, n := range r.Shares {
		share, _ := new(big.Rat).SetFrac(n, r.Size).Float64()
		out.Levels = append(out.Levels, jsonLevel{p.Levels[i].ID, n.String(), share})
	}
	for i := range r.Proofs {
		out.Proofs[i] = r.jsonProof(&r.Proofs[i])
	}
	for _, part := range r.LeftOut {
		out.LeftOut = append(out.LeftOut, part.json())
	}
	return out
}

func (r *Report) jsonProof(p *Proof) jsonProof {
	out := jsonProof{ID: p.ID, Kind: p.Kind.String(), Status: p.Status.String(), Code: string(p.Code), Message: r.Message(p),
		At: spanJSON(p.At), About: p.About.json(), By: idsOf(p.By), Count: decimalString(p.Count), From: levelID(p.From), To: levelID(p.To)}
	for _, n := range p.Only {
		out.Only = append(out.Only, n.ID)
	}
	for _, q := range p.Instruments {
		out.Instruments = append(out.Instruments, q.ID)
	}
	for _, a := range p.Values {
		out.Lines = append(out.Lines, jsonLine{r.Pack.Slots[a.Slot].ID, r.jsonAnswers(a)})
	}
	for _, w := range p.Witness {
		possible := []string{}
		for _, l := range w.Levels {
			possible = append(possible, l.ID)
		}
		out.Witness = append(out.Witness, jsonWitness{w.Name + ".yaml", possible, r.Pack.AnswersJSON(w.Answers)})
	}
	return out
}

// jsonAnswers are the ids of options, or intervals of numbers: "2..9".
func (r *Report) jsonAnswers(a Alike) []string {
	var out []string
	q := r.Pack.Slots[a.Slot].Question
	for i, o := range q.Options {
		if a.Options>>i&1 == 1 {
			out = append(out, o.ID)
		}
	}
	for _, iv := range a.Values {
		if q.Kind == pack.Scale || q.Kind == pack.Choice {
			for v := iv.From; v <= iv.To; v++ {
				out = append(out, q.Options[v].ID)
			}
			continue
		}
		text := r.Pack.FormatAnswer(a.Slot, iv.From)
		if iv.To > iv.From {
			text += ".." + r.Pack.FormatAnswer(a.Slot, iv.To)
		}
		out = append(out, text)
	}
	return out
}

func (a Part) json() jsonPart {
	out := jsonPart{Level: levelID(a.Level)}
	if a.Criterion != nil {
		out.Criterion = a.Criterion.ID
	}
	if a.Service != nil {
		out.Service = a.Service.ID
	}
	if a.Note != nil {
		out.Note = a.Note.ID
	}
	if a.Guarantee != nil {
		out.Guarantee = a.Guarantee.ID
	}
	if a.Question != nil {
		out.Question = a.Question.ID
	}
	return out
}

func levelID(l *pack.Level) string {
	if l == nil {
		return ""
	}
	return l.ID
}

func decimalString(n *big.Int) *string {
	if n == nil {
		return nil
	}
	s := n.String()
	return &s
}

func spanJSON(s diag.Span) *jsonSpan {
	if s.IsZero() {
		return nil
	}
	return &jsonSpan{s.File, s.Line, s.Col, s.EndLine, s.EndCol}
}
