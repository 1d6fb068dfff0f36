"""Parts of a record: classes, answers, facts, areas."""
