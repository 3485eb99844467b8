"""From claims to facts."""
