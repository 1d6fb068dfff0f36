"""Stored work of Label Studio under the names of another version of its guideline."""
