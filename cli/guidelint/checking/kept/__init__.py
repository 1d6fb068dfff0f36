"""What is kept of a delivery of any size for what is told of all of it, in little memory."""
