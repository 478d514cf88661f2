package verify

import (
	"math/big"
	"testing"
)

func number(t *testing.T, text string) *big.Int {
	t.Helper()
	n, ok := new(big.Int).SetString(text, 10)
	if !ok {
		t.Fatal(text)
	}
	return n
}

func TestFormatCount(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "7": "7", "999": "999", "1000": "1,000", "123456789": "123,456,789",
		"1000000000": "1 × 10^9", "1949999999": "1.9 × 10^9", "1950000000": "2 × 10^9", "9990000000": "1 × 10^10",
		"8701719409046918459243788705506263040": "8.7 × 10^36",
	} {
		if got := FormatCount(number(t, text)); got != want {
			t.Errorf("%s is written %q, want %q", text, got, want)
		}
	}
}

func TestFormatShare(t *testing.T) {
	for _, tt := range []struct{ part, whole, want string }{
		{"0", "5", "none"}, {"5", "5", "all"}, {"1", "2", "50 %"}, {"1", "3", "33 %"}, {"2", "3", "67 %"},
		{"19", "1000", "1.9 %"}, {"10", "1000", "1 %"}, {"1", "1000", "0.1 %"}, {"5", "10000", "0.05 %"}, {"499", "1000000", "1 in 2,000"},
		{"1", "12345678", "1 in 12,000,000"}, {"1", "123456789012", "1 in 1.2 × 10^11"},
		{"994", "1000", "99 %"}, {"996", "1000", "almost all"}, {"999999", "1000000", "almost all"},
	} {
		if got := FormatShare(number(t, tt.part), number(t, tt.whole)); got != tt.want {
			t.Errorf("%s of %s is written %q, want %q", tt.part, tt.whole, got, tt.want)
		}
	}
}
