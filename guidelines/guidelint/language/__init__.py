"""The language: YAML to guideline to plan, problems with positions."""
