"""Matching as plain arithmetic: rules, scores, solver, proof. Nothing here knows Django or a database (docs/matching.md)."""
