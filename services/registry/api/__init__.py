"""The doors of the registry: the public's to lists and enterprises, the staff's to publication and the journal."""
