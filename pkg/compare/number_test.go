package compare

import (
	"math/big"
	"testing"
)

func big10(s string) *big.Int {
	n, ok := new(big.Int).SetString(s, 10)
	if !ok {
		panic(s)
	}
	return n
}

func TestNumber(t *testing.T) {
	for n, want := range map[string]string{
		"0": "0", "999": "999", "1000": "1,000", "1234567": "1,234,567",
		"123456789012345678901": "123,456,789,012,345,678,901", "1234567890123456789012": "about 1.2 × 10^21",
	} {
		if got := number(big10(n)); got != want {
			t.Errorf("%s reads %q, expected %q", n, got, want)
		}
	}
}

func TestShareWords(t *testing.T) {
	for _, c := range [][3]string{
		{"0", "7", "none"}, {"7", "7", "all"}, {"1", "2", "50.0%"}, {"999", "1000", "99.9%"}, {"9999", "10000", "over 99.9%"},
		{"1", "200", "0.50%"}, {"1", "1000", "0.10%"}, {"1", "1001", "1 in 1,000"}, {"3", "4567", "1 in 1,520"}, {"1", "12345", "1 in 12,300"},
		{"1", "999999", "1 in 999,000"}, {"1", "1234567", "1 in 1.2 million"}, {"1", "1000000", "1 in 1 million"}, {"1", "34567890", "1 in 34 million"},
		{"1", "1987654321", "1 in 1.9 billion"}, {"1", "123456789012345", "1 in 123 trillion"}, {"1", "1234567890123456", "1 in 10^15"},
	} {
		if got := (Share{big10(c[0]), big10(c[1])}).words(); got != c[2] {
			t.Errorf("%s of %s reads %q, expected %q", c[0], c[1], got, c[2])
		}
	}
}
