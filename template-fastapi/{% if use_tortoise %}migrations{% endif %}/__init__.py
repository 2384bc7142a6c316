"""Migrations of the database, by Tortoise's own command."""
