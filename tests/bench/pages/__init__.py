"""The console's pages, measured with many cases in the databases."""
