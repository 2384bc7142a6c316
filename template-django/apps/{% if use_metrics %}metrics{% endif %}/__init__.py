"""Prometheus metrics: how many requests, how long they take, how many are under way.

With several workers, each answers for all of them where `PROMETHEUS_MULTIPROC_DIR` names an empty
folder at start (https://prometheus.github.io/client_python/multiprocess/).
"""
