"""DICOM structure sets of radiotherapy."""
