"""Complaints to the platform: about a seller, a good or an order; heard and answered by staff."""
