"""The web pages; accounts, sign-in and tokens live here. It owns no business data."""
