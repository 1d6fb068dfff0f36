"""A delivery judged by several processes: cut into chunks, each judged by itself; each subject above is judged once."""
