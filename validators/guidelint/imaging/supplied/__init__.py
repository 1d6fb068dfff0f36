"""Facts of images that stand beside the task data: in a table, or in the headers of files."""
