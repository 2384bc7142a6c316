"""What can be done with accounts and their tokens; knows no HTTP."""
