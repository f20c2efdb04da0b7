"""Passing goods on: a poster to send, a short link that remembers who shared, and what came of it."""
