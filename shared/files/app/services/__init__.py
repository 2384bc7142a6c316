"""What the product does; knows no HTTP."""
