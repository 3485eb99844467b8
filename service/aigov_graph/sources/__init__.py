"""Where sources come in: a folder for a document, claims from sheets, rows of tables by mapping; review and lint."""
