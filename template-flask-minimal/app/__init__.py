"""A lightweight todo API."""
