"""The load of a project to come, told to people and programs."""
