"""Who is signed in: one row a browser, one cookie."""
