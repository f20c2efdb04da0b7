"""Doors of the seller's goods."""
