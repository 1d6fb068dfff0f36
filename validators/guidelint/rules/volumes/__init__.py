"""An object over the slices of a series: where it begins and ends, and what lies in between."""
