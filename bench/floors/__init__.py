"""Bare apps and templates that do the same work: what the figures are held against."""
