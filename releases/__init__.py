"""Releases of the suite: making one, finding earlier ones, and what changed between two."""
