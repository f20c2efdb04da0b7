"""Complaints, for staff."""
