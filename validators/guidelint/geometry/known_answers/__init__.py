"""Known answers: inputs whose every measure follows from a formula, to run against the kernels on any machine."""
