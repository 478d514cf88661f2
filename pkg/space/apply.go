package space

// op is a function of two constants, which apply extends to diagrams.
type op int32

const (
	opNone  op = iota
	opAnd      // of truth values
	opOr       // of truth values
	opMax      // of levels
	opMin      // of levels
	opLess     // whether the first level is below the second
	opDiff     // whether two constants differ
	opGuard    // the second where the first holds, Outside elsewhere
	opNot      // of a truth value; the second is not looked at
	opRaise    // plus a level: that where the first holds, the second, which is lower, elsewhere
)

// place is where the result of an operation is remembered, if it still is: a
// later one may have taken the place.
func (d *diagram) place(o op, f, g Node) *cached {
	h := (uint64(f)<<32 | uint64(uint32(g))) * 0x9e3779b97f4a7c15
	h ^= uint64(o) * 0x94d049bb133111eb
	h ^= h >> 32
	return &d.cache[h&uint64(len(d.cache)-1)]
}

// apply computes the operation on every combination of answers at once.
func (d *diagram) apply(o op, f, g Node) Node {
	if r, ok := o.short(f, g); ok {
		return r
	}
	if o.commutes() && f > g {
		f, g = g, f
	}
	if c := d.place(o, f, g); c.op == o && c.f == f && c.g == g {
		return c.result
	}
	vf, vg := d.varOf(f), d.varOf(g)
	v := min(vf, vg)
	if d.steps -= charge(int(d.arity[v])); d.full || d.steps < 0 {
		d.full = true
		return False
	}
	from := len(d.scratch)
	for c := range d.arity[v] {
		kf, kg := f, g
		if vf == v {
			kf = d.under(f)[c]
		}
		if vg == v {
			kg = d.under(g)[c]
		}
		r := d.apply(o, kf, kg)
		d.scratch = append(d.scratch, r)
	}
	r := d.node(v, d.scratch[from:])
	d.scratch = d.scratch[:from]
	if !d.full {
		*d.place(o, f, g) = cached{f, g, o, r}
	}
	return r
}

func (o op) commutes() bool {
	return o == opAnd || o == opOr || o == opMax || o == opMin || o == opDiff
}

// short computes what needs no look below f and g.
func (o op) short(f, g Node) (Node, bool) {
	if o >= opRaise {
		level := Constant(int(o - opRaise))
		switch {
		case f == True || g == level:
			return level, true
		case f == False:
			return g, true
		}
		return 0, false
	}
	switch o {
	case opAnd:
		switch {
		case f == False || g == False:
			return False, true
		case f == True || f == g:
			return g, true
		case g == True:
			return f, true
		}
	case opOr:
		switch {
		case f == True || g == True:
			return True, true
		case f == False || f == g:
			return g, true
		case g == False:
			return f, true
		}
	case opMax:
		switch {
		case f == 0 || f == g:
			return g, true
		case g == 0:
			return f, true
		case f < terminals && g < terminals:
			return max(f, g), true
		}
	case opMin:
		switch {
		case f == 0 || f == g:
			return f, true
		case g == 0:
			return g, true
		case f < terminals && g < terminals:
			return min(f, g), true
		}
	case opLess:
		switch {
		case f == g || g == 0:
			return False, true
		case f < terminals && g < terminals:
			return truth(f < g), true
		}
	case opDiff:
		switch {
		case f == g:
			return False, true
		case f < terminals && g < terminals:
			return True, true
		}
	case opGuard:
		switch {
		case f == True:
			return g, true
		case f == False:
			return Outside, true
		}
	case opNot:
		if f < terminals {
			return truth(f == False), true
		}
	}
	return 0, false
}

func truth(is bool) Node {
	if is {
		return True
	}
	return False
}

// rewrite returns the function with every constant exchanged, and, of the
// variables for which chosen is not negative, only the class that it names.
func (d *diagram) rewrite(f Node, chosen []int32, constants *[terminals]Node) Node {
	memo := map[Node]Node{}
	var walk func(Node) Node
	walk = func(n Node) Node {
		if n < terminals {
			return constants[n]
		}
		if r, ok := memo[n]; ok {
			return r
		}
		v, from := d.varOf(n), len(d.scratch)
		if d.steps -= charge(int(d.arity[v])); d.full || d.steps < 0 {
			d.full = true
			return False
		}
		if c := chosen[v]; c >= 0 {
			r := walk(d.under(n)[c])
			memo[n] = r
			return r
		}
		for c := range d.arity[v] {
			r := walk(d.under(n)[c])
			d.scratch = append(d.scratch, r)
		}
		r := d.node(v, d.scratch[from:])
		d.scratch = d.scratch[:from]
		memo[n] = r
		return r
	}
	return walk(f)
}

// project joins the classes of the chosen variables by an operation: opOr
// tells where some choice makes f hold, opMax how high some choice takes it.
func (d *diagram) project(o op, f Node, over []bool) Node {
	memo := map[Node]Node{}
	var walk func(Node) Node
	walk = func(n Node) Node {
		if n < terminals {
			return n
		}
		if r, ok := memo[n]; ok {
			return r
		}
		v, from := d.varOf(n), len(d.scratch)
		for c := range d.arity[v] {
			r := walk(d.under(n)[c])
			d.scratch = append(d.scratch, r)
		}
		kids := d.scratch[from:]
		r := kids[0]
		if over[v] {
			for _, k := range kids[1:] {
				r = d.apply(o, r, k)
			}
		} else {
			r = d.node(v, kids)
		}
		d.scratch = d.scratch[:from]
		memo[n] = r
		return r
	}
	return walk(f)
}
