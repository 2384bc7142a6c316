"""Migrations of the database: `versions/` has them, `python -m migrations` runs them."""
