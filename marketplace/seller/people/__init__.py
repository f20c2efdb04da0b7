"""The people of a team: invited, at work, gone."""
