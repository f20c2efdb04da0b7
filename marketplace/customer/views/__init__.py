"""Doors to a buyer's own pages, by subject."""
