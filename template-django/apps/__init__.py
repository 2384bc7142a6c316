"""The apps of the todo API."""
