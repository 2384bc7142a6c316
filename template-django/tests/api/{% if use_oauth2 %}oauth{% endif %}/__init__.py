"""Logging in with an account elsewhere, over HTTP and with providers on the loopback interface."""
