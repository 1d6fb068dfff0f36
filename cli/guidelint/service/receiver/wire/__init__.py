"""The wire: sockets, bodies, bounds, refusals."""
