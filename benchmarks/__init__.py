"""What Hotseat costs in time and space, measured on this machine. Run with `make bench`."""
