"""The demonstration: a real Label Studio, phantom slices, published outlines and a few mistakes."""
