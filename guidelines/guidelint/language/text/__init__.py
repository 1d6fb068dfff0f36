"""YAML to a tree with places; problems and their excerpts; not what a key means."""
