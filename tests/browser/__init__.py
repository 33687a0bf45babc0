"""The console in a browser, as people use it."""
