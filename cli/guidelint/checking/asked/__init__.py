"""What a run is asked to judge by: a plan, a schema, and how it judges otherwise."""
