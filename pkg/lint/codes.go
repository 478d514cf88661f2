package lint

// The codes of the warnings, for good: packs and programs hang on them. Each
// has a page.
const (
	SourceUnused       = "source-unused"       // nothing cites the source
	QuestionUnused     = "question-unused"     // nothing looks at the question
	ConditionUnused    = "condition-unused"    // nothing refers to the named condition
	ScoreUnused        = "score-unused"        // nothing tests the score
	ServiceUnused      = "service-unused"      // no level offers the service
	ThresholdUnsourced = "threshold-unsourced" // a threshold, and nothing says where it comes from
	DirectionMissing   = "direction-missing"   // an indication tests a number for more or less, which is said to have no direction
	OptionsReversed    = "options-reversed"    // indications test only the best options of a scale
	SafetySkippable    = "safety-skippable"    // other answers rule the highest level out before a safety question is answered
	CriterionRepeated  = "criterion-repeated"  // another one of its level and kind holds for the very same answers
	TextRepeated       = "text-repeated"       // another one of its level and kind gives the same reason
	TextEmptyReason    = "text-empty-reason"   // a reason that says no more than the id or the condition
	TextNegatives      = "text-negatives"      // two negations in one clause
	TextLong           = "text-long"           // a sentence of more than mostWords words
	TextHard           = "text-hard"           // a text whose LIX is more than mostLIX
	TextCapitals       = "text-capitals"       // words in capitals
	TextStop           = "text-stop"           // a full stop is missing, or one too many
	AllowUnused        = "allow-unused"        // an entry of allow that allows nothing
)
