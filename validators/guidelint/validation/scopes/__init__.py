"""One file per subject: the base of its rules, its words, how it is gathered; not any tool's words."""
