"""The contract as a document, and what holds generated documents against it."""
