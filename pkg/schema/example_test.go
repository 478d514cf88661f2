package schema_test

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/schema"
	"github.com/carelevel/carelevel/rules"
)

func ExampleWrite() {
	p, _, err := pack.Load(rules.FS, "medicare-iop", pack.LoadOptions{Tests: true})
	if err != nil {
		panic(err)
	}
	var b bytes.Buffer
	if err := schema.Write(&b, schema.Options{Pack: p, Tests: true}); err != nil {
		panic(err)
	}
	fmt.Println(strings.Join(strings.SplitN(b.String(), "\n", 7)[:6], "\n"))
	// Output:
	// {
	//   "$schema": "https://json-schema.org/draft/2020-12/schema",
	//   "title": "Cases of carelevel, medicare-iop",
	//   "$comment": "Written by 'carelevel rules schema PACK --tests'. Write it anew when a question, an option or another id has changed.",
	//   "$ref": "#/$defs/cases",
	//   "$defs": {
}
