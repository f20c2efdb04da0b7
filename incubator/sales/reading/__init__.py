"""From a file of somebody's back office to readings: what each row says, without a word about the buyer. No database here."""
