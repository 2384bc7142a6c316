"""JSON Schemas of what goes in and what is told: answers of the flow, manifests of projects."""
