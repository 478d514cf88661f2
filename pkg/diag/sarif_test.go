package diag_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/diag"
)

func TestWriteSARIF(t *testing.T) {
	ds := []diag.Diagnostic{
		{Code: "b", At: diag.Span{File: "my rules/a.yaml", Line: 1, Col: 2, EndLine: 1, EndCol: 3}, Path: "levels.iop", Message: "<wrong>", Hint: "other",
			Related: []diag.Related{{At: diag.Span{File: "b.yaml"}, Message: "first defined here"}, {Message: "nowhere"}}},
		{Code: "a", Severity: diag.Warning, Message: "no place"},
		{Code: "b", At: diag.Span{File: "c.yaml"}, Message: "the file as a whole"},
	}
	want := `{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "carelevel",
          "version": "1.2.3",
          "rules": [
            {
              "id": "a",
              "shortDescription": {
                "text": "What a is."
              }
            },
            {
              "id": "b"
            }
          ]
        }
      },
      "columnKind": "unicodeCodePoints",
      "results": [
        {
          "ruleId": "b",
          "ruleIndex": 1,
          "level": "error",
          "message": {
            "text": "<wrong> (other)"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "my%20rules/a.yaml"
                },
                "region": {
                  "startLine": 1,
                  "startColumn": 2,
                  "endLine": 1,
                  "endColumn": 3
                }
              },
              "logicalLocations": [
                {
                  "fullyQualifiedName": "levels.iop"
                }
              ]
            }
          ],
          "relatedLocations": [
            {
              "id": 1,
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "b.yaml"
                }
              },
              "message": {
                "text": "first defined here"
              }
            }
          ]
        },
        {
          "ruleId": "a",
          "ruleIndex": 0,
          "level": "warning",
          "message": {
            "text": "no place"
          }
        },
        {
          "ruleId": "b",
          "ruleIndex": 1,
          "level": "error",
          "message": {
            "text": "the file as a whole"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "c.yaml"
                }
              }
            }
          ]
        }
      ]
    }
  ]
}
`
	var b bytes.Buffer
	if err := diag.WriteSARIF(&b, diag.Tool{Name: "carelevel", Version: "1.2.3", Rules: map[string]string{"a": "What a is."}}, ds); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// An empty log has lists and no nulls: readers tell "nothing found" from
// "did not run" by that.
func TestWriteSARIFOfNothing(t *testing.T) {
	var b bytes.Buffer
	if err := diag.WriteSARIF(&b, diag.Tool{Name: "carelevel"}, nil); err != nil || !json.Valid(b.Bytes()) || bytes.Contains(b.Bytes(), []byte("null")) {
		t.Errorf("%v\n%s", err, b.String())
	}
}
