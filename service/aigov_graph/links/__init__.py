"""Links of our things to the same things elsewhere: read from SSSOM files, written to them, turned into statements."""
