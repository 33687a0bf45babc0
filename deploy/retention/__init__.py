"""Personal data go when their term is over: which, by which rule, and the command's work."""
