"""Benchmarks: rendering and the rendered backends, each as a ratio to a floor of the same run."""
