"""What `guidelint example add` does with an annotation that there is: it becomes an example."""
