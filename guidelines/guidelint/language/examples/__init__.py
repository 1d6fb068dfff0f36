"""Examples beside a guideline: an image, an annotation, and the verdict that it must get."""
