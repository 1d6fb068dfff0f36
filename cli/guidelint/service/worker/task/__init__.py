"""One task: read as it stands, judged, decided, written back."""
