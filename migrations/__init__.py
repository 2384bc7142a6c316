"""Scripts that an update of a project runs, and what they read."""
