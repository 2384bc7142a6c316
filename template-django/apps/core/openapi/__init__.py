"""The document that describes the API (OpenAPI 3.1), made from the views."""
