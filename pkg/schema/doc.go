// Package schema writes the JSON Schema (2020-12) of the rule language, and of
// the files of one pack, for editors: one that speaks to yaml-language-server
// then completes keys, questions, options and sources, shows what they mean,
// and marks what is misspelt while it is typed.
//
// It refuses to be a second reader. Whether a pack is sound is for pack.Load to
// say, that is, for `carelevel rules check`; a schema sees the shape of one file
// at a time. Whatever the reader takes the schema of the language takes, too, so
// an editor marks nothing that is right. The other way round these mistakes are
// the reader's alone:
//
//   - what hangs on other places: ids that stand for nothing (the schema of a
//     pack knows those, the schema of the language does not), ids that are taken,
//     levels and sections that are not listed, conditions in circles, a file
//     without the key pack, too many answers or conditions in all;
//   - what hangs on values beside it: least above greatest, bands with a gap,
//     milestones and steps out of order, items that do not add up to a total, a
//     test that is always or never true, tests that do not fit the kind of their
//     question, missing weights;
//   - how a value is written, which a JSON value no longer knows: numbers with
//     leading zeros, exponents, or a plus sign, how large a number in quotes is,
//     True for an id true, an element that is listed twice once with quotes and
//     once without, text of exotic spaces, and digits after the point, which
//     JSON Schema cannot count without errors of floating point;
//   - what is below YAML's level of meaning: anchors, tags, encodings, control
//     characters, keys that occur twice, sizes and depth.
//
// The schema of a pack is of that pack as it was: a question that has just been
// added is unknown to it until the schema is written anew. Labels of answers are
// taken in any case, as the reader does, but not numbers for labels that look
// like numbers.
//
// YAML is read as version 1.2, in which yes and no are text; so do editors, if
// nobody told them otherwise.
package schema
