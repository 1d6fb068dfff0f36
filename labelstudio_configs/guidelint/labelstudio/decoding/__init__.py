"""An annotation of Label Studio to submissions."""
