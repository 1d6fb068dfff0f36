"""What an image is, according to its DICOM attributes."""
