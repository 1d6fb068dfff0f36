"""Pictures of a handbook: what is drawn on an image, by rules' cases and by examples."""
