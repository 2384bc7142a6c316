"""Black-box tests of the API: they know the service only by HTTP."""
