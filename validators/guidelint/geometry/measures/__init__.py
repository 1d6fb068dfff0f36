"""One measured quantity per file: a mask, an outline or a pair in, millimetres out."""
