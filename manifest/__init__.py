"""What stands in a rendered project, as one JSON document: `make manifest PROJECT=dir`."""
