"""Tests of what HTTP does not reach."""
