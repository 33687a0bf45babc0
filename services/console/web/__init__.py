"""What every page stands on: who visits, in which language, how pages are drawn and forms are read."""
