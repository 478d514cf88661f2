package cli

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/spf13/cobra"
)

// readMappings reads --map-file and lays --map over it.
func (b *batchRun) readMappings() error {
	c, byFlag := &b.opts.Columns, b.opts.IDColumn != ""
	c.To = map[string]string{}
	if b.mapFile != "" {
		if err := b.readMapFile(); err != nil {
			return err
		}
	}
	for _, m := range b.mappings {
		// A question has no = in its id, and a column may.
		at := strings.LastIndex(m, "=")
		if at < 1 || at == len(m)-1 {
			return &usageError{fmt.Sprintf("--map: %q is no mapping", m), "expected COLUMN=QUESTION"}
		}
		column, question := strings.TrimSpace(m[:at]), strings.TrimSpace(m[at+1:])
		if before := c.To[column]; before != question {
			delete(c.Codes, column) // they were codes for another question
		}
		if question == "id" && !byFlag {
			b.opts.IDColumn = "" // that of the file
		}
		c.To[column] = question
		delete(c.Ignore, column)
	}
	return nil
}

// maxMapFile bounds what is read of a mapping file before its reader, who
// allows less, refuses it.
const maxMapFile = 4 << 20

func (b *batchRun) readMapFile() error {
	f, err := os.Open(b.mapFile)
	if err != nil {
		return fmt.Errorf("reading the mapping: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxMapFile))
	if err != nil {
		return fmt.Errorf("reading the mapping: %w", err)
	}
	src := new(diag.Sources)
	read, ds := b.engine.Pack().ReadColumns(b.mapFile, data, src)
	if diag.HasErrors(ds) {
		printDiagnostics(b.io.err, ds, src)
		return quiet(exitUsage)
	}
	b.opts.IDColumn = first(b.opts.IDColumn, read.ID)
	b.opts.Columns = batch.Columns{To: read.To, Codes: read.Codes, Ignore: set(read.Ignore), Missing: set(read.Missing)}
	return nil
}

func set(words []string) map[string]bool {
	all := map[string]bool{}
	for _, w := range words {
		all[w] = true
	}
	return all
}

// completeColumns offers the columns of the input that stands on the line
// already, and behind the equals sign of --map what they may hold.
func (b *batchRun) completeColumns(c *cobra.Command) {
	const quietly = cobra.ShellCompDirectiveNoFileComp
	flags := map[string]cobra.CompletionFunc{
		"id-column": func(_ *cobra.Command, words []string, _ string) ([]string, cobra.ShellCompDirective) {
			return b.columnsOf(b.inputs(words)), quietly
		},
		"map": func(_ *cobra.Command, words []string, typed string) (offers []string, _ cobra.ShellCompDirective) {
			column, _, named := strings.Cut(typed, "=")
			if !named {
				for _, name := range b.columnsOf(b.inputs(words)) {
					offers = append(offers, name+"=")
				}
				return offers, quietly | cobra.ShellCompDirectiveNoSpace
			}
			p, err := b.usePack()
			if err != nil {
				return nil, quietly
			}
			for _, s := range p.Slots {
				offers = append(offers, column+"="+s.ID+"\t"+s.Question.Ask)
			}
			offers = append(offers, column+"=id", column+"=date")
			if c.Name() == "review" {
				offers = append(offers, column+"=placed")
			}
			return offers, quietly
		},
	}
	for name, offer := range flags {
		if err := c.RegisterFlagCompletionFunc(name, offer); err != nil {
			panic(err)
		}
	}
}

// inputs are the files on the line: a review has its own behind --batch.
func (b *batchRun) inputs(words []string) []string {
	if b.input != "" {
		return []string{b.input}
	}
	return words
}

// columnsOf reads the header of a table that is not compressed; of anything
// else there is nothing to offer.
func (b *batchRun) columnsOf(words []string) []string {
	if len(words) == 0 {
		return nil
	}
	f, err := os.Open(words[0])
	if err != nil {
		return nil
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	r := csv.NewReader(io.LimitReader(f, 64<<10))
	if first(b.inputFormat, formatOf(words[0])) == "tsv" {
		r.Comma = '\t'
	}
	names, err := r.Read()
	if err != nil || strings.ContainsFunc(strings.Join(names, ""), func(r rune) bool { return r < ' ' }) {
		return nil
	}
	names[0] = strings.TrimPrefix(names[0], "\ufeff")
	return names
}
