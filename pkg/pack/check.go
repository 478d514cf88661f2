package pack

func (l *loader) checkConditions() {}
