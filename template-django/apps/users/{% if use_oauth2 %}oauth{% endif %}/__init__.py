"""Logging in with an account elsewhere: what providers are asked, and what they say of whom."""
