"""The loops under the measures, compiled: what the extra ``fast`` adds to the NumPy code of the modules above."""
