"""Bodies of the auth and users endpoints."""
