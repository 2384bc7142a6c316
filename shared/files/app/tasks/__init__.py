"""Jobs that run after the answer was sent."""
