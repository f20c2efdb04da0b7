"""The orders of one seller on her phone: lists, one order, parcels, papers, and a table for many at once."""
