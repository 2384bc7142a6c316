"""What apps tell each other without knowing each other."""

from django.dispatch import Signal

purging = Signal()
"""Sent every hour by the command `purge`: delete what has expired."""
