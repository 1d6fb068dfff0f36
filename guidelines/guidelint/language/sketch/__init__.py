"""A guideline in the making: what another source tells, written as YAML with comments."""
