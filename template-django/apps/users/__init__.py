"""Accounts, logging in and out, verified addresses, forgotten passwords."""
