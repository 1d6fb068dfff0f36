"""An object over the slices of a series and over time: where it begins and ends, and what lies in between."""
