"""Who may sign in: accounts, passwords, second factors."""
