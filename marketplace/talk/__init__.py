"""Buyers and sellers talking: public questions about a good, and messages between the two."""
