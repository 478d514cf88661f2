package lint

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a text may be. They are measures, and not judgements: a text beyond one
// of them is worth reading again.
const (
	mostWords = 45 // in a sentence; style guides for patients and the public stop at 25

	// LIX (Björnsson 1968) is the mean length of a sentence in words, plus the
	// share of words of more than six letters in percent. 60 and more is called
	// very difficult: laws, dissertations. It says little about a few words, and
	// is taken of texts of leastLIXWords and more.
	mostLIX       = 70
	leastLIXWords = 25
)

// wording looks at the texts of the pack, one by one.
func (l *linter) wording() {
	for _, t := range texts(l.pack) {
		for _, check := range []func(text) (code, message, hint string){l.emptyReason, negatives, longSentence, hardText, capitals, fullStop} {
			if code, message, hint := check(t); code != "" {
				l.warn(code, t.on, hint, "%s: %s", t.key, message)
			}
		}
	}
}

// emptyReason finds reasons that say no more than what they are a reason for.
func (l *linter) emptyReason(t text) (code, message, hint string) {
	if !t.isWhy {
		return "", "", ""
	}
	said := plainWords(t.text)
	switch {
	case said == plainWords(spoken(t.on.id)):
		message = "the reason repeats the id"
	case t.when != nil && said == plainWords(l.pack.Describe(t.when)):
		message = "the reason repeats the condition, which is shown beside it"
	case said == "":
		message = "the reason has no words"
	default:
		return "", "", ""
	}
	return TextEmptyReason, message, "say why it matters"
}

var (
	clauseEnd = regexp.MustCompile(`[.;:,()–]|\b(?:and|but|or|if|when|while|because|that|which|who|unless|until|than|so)\b`)
	negation  = regexp.MustCompile(`(?i)\b(?:not|no|never|none|nobody|nothing|neither|cannot|without)\b|n['’]t\b`)
	harmless  = regexp.MustCompile(`(?i)\b(?:no longer|no more|no less|not only|no one|whether or not|if not)\b`)
	unWord    = regexp.MustCompile(`(?i)\bnot un(?:common|usual|likely|able|safe|willing|stable|well|known|reasonable|important)\w*\b`)
)

// negatives finds two negations in one clause, which readers get wrong. Clauses
// are cut at commas and at small words such as and, if, that.
func negatives(t text) (code, message, hint string) {
	for _, clause := range clauseEnd.Split(t.text, -1) {
		found := negation.FindAllString(harmless.ReplaceAllString(clause, " "), -1)
		if len(found) > 1 || unWord.MatchString(clause) {
			return TextNegatives, "two negations in " + quoted(strings.TrimSpace(clause)), "say what is the case"
		}
	}
	return "", "", ""
}

func longSentence(t text) (code, message, hint string) {
	for _, s := range sentences(t.text) {
		if n := len(strings.Fields(s)); n > mostWords {
			return TextLong, "a sentence of " + strconv.Itoa(n) + " words, which begins " + quoted(firstWords(s)), "make two of it"
		}
	}
	return "", "", ""
}

// hardText finds texts that are hard to read by their LIX.
func hardText(t text) (code, message, hint string) {
	lix, words := LIX(t.text)
	if words < leastLIXWords || lix <= mostLIX {
		return "", "", ""
	}
	return TextHard, "the text is hard to read: LIX " + strconv.Itoa(lix), "shorter sentences, and shorter words"
}

// LIX returns the readability of a text after Björnsson (1968), rounded down,
// and the number of its words: mean words to a sentence, plus the percentage of
// words of more than six letters. Up to 40 is easy, from 60 on very difficult.
func LIX(text string) (lix, words int) {
	long, parts := 0, 0
	for _, s := range sentences(text) {
		parts++
		for _, word := range strings.Fields(s) {
			words++
			if utf8.RuneCountInString(strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })) > 6 {
				long++
			}
		}
	}
	if words == 0 {
		return 0, 0
	}
	return words/parts + 100*long/words, words
}

var sentenceEnd = regexp.MustCompile(`[.!?:;](?:\s+|$)`)

// sentences are the parts of a text that end with a mark; a colon or semicolon
// ends one, too, for the reader's breath.
func sentences(text string) (all []string) {
	for _, s := range sentenceEnd.Split(text, -1) {
		if strings.TrimSpace(s) != "" {
			all = append(all, s)
		}
	}
	return all
}

// capitals finds a word of six letters or more, or three words together, in
// capitals. Abbreviations are shorter, and stand alone.
func capitals(t text) (code, message, hint string) {
	row := 0
	for _, word := range strings.Fields(t.text) {
		bare := strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })
		n := utf8.RuneCountInString(bare)
		if n < 2 || strings.ToUpper(bare) != bare || strings.ContainsFunc(bare, func(r rune) bool { return !unicode.IsLetter(r) }) {
			row = 0
			continue
		}
		if row++; n >= 6 || row >= 3 {
			return TextCapitals, "words in capitals, at " + quoted(word), "write small letters: capitals are slow to read, and say nothing more"
		}
	}
	return "", "", ""
}

// fullStop finds sentences without an end, and ends where there is no sentence.
func fullStop(t text) (code, message, hint string) {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(t.text, `"'”’)`))
	ends := strings.ContainsRune(".!?…", last)
	switch {
	case strings.HasSuffix(t.text, "..") && !strings.HasSuffix(t.text, "..."):
		return TextStop, "two full stops at the end", "leave one"
	case t.kind == sentence && !ends:
		return TextStop, "no full stop at the end of " + quoted(lastWords(t.text)), "end the sentence"
	case t.kind == asking && last != '?' && last != '.' && last != ':':
		return TextStop, "no question mark at the end of " + quoted(lastWords(t.text)), "end the question"
	case t.kind == label && last == '.' && !abbreviated(t.text):
		return TextStop, "a full stop at the end of " + quoted(lastWords(t.text)) + ", which stands within sentences and lists", "remove it"
	}
	return "", "", ""
}

// abbreviated reports whether a text ends with an abbreviation, or is several
// sentences.
func abbreviated(text string) bool {
	fields := strings.Fields(text)
	last := strings.TrimRight(fields[len(fields)-1], ".")
	return strings.Contains(last, ".") || strings.EqualFold(last, "etc") || len(sentences(text)) > 1
}

func firstWords(text string) string {
	fields := strings.Fields(text)
	return strings.Join(fields[:min(5, len(fields))], " ") + " …"
}

func lastWords(text string) string {
	fields := strings.Fields(text)
	if len(fields) <= 5 {
		return strings.Join(fields, " ")
	}
	return "… " + strings.Join(fields[len(fields)-5:], " ")
}

// quoted cuts what is quoted in a message.
func quoted(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strconv.Quote(s)
}
