"""The journal: what is written can't be changed unseen."""
