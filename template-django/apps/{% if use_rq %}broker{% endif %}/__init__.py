"""Jobs go through a broker to workers, by RQ."""
