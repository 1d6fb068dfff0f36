"""Files of images in folders of the machine, whatever is in them: which there are, and their DICOM headers."""
