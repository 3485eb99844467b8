"""What an operator puts in front of the service, tested in the programs it is for."""
