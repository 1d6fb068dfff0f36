"""Text as a terminal or a log takes it: colours, columns, nothing unseen."""
