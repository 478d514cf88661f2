package diag_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/diag"
)

var mixed = []diag.Diagnostic{
	{Code: "word-unknown", At: diag.Span{File: "a,b:c.yaml", Line: 3, Col: 7, EndLine: 3, EndCol: 9}, Path: "levels.iop", Message: "50% of <all>\n::error::no", Hint: `did you mean "x"?`},
	{Code: "source-unused", Severity: diag.Warning, At: diag.Span{File: "b.yaml", Line: 1, Col: 1}, Message: "nothing cites \x1b[31m it"},
	{Code: "too-many", Message: "no place"},
}

func TestWriteGitHub(t *testing.T) {
	var b bytes.Buffer
	if err := diag.WriteGitHub(&b, mixed); err != nil {
		t.Fatal(err)
	}
	want := `::error file=a%2Cb%3Ac.yaml,line=3,col=7,title=word-unknown::50%25 of <all>‹U+000A›::error::no (did you mean "x"?)
::warning file=b.yaml,line=1,col=1,title=source-unused::nothing cites ‹U+001B›[31m it
::error title=too-many::no place
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestWriteJUnit(t *testing.T) {
	var b bytes.Buffer
	if err := diag.WriteJUnit(&b, []string{"b.yaml", "sound.yaml"}, mixed, false); err != nil {
		t.Fatal(err)
	}
	want := `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="carelevel" tests="4" failures="2">
  <testsuite name="carelevel" tests="1" failures="1">
    <testcase classname="carelevel" name="too-many">
      <failure type="too-many" message="no place">no place</failure>
    </testcase>
  </testsuite>
  <testsuite name="a,b:c.yaml" tests="1" failures="1">
    <testcase classname="a,b:c.yaml" name="word-unknown, line 3, column 7">
      <failure type="word-unknown" message="50% of &lt;all&gt;‹U+000A›::error::no (did you mean &#34;x&#34;?)">a,b:c.yaml:3:7: 50% of &lt;all&gt;‹U+000A›::error::no (did you mean &#34;x&#34;?)&#xA;in levels.iop</failure>
    </testcase>
  </testsuite>
  <testsuite name="b.yaml" tests="1" failures="0">
    <testcase classname="b.yaml" name="source-unused, line 1, column 1">
      <system-out>warning: b.yaml:1:1: nothing cites ‹U+001B›[31m it</system-out>
    </testcase>
  </testsuite>
  <testsuite name="sound.yaml" tests="1" failures="0">
    <testcase classname="sound.yaml" name="no problems"></testcase>
  </testsuite>
</testsuites>
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if err := xml.NewDecoder(&b).Decode(new(struct{})); err != nil {
		t.Error(err)
	}
	b.Reset()
	if err := diag.WriteJUnit(&b, nil, mixed, true); err != nil || bytes.Count(b.Bytes(), []byte("<failure")) != 3 {
		t.Errorf("strict: %v\n%s", err, b.String())
	}
	if err := diag.WriteJUnit(failing{}, nil, mixed, true); err != io.ErrShortWrite {
		t.Errorf("a broken writer gives %v", err)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrShortWrite }
