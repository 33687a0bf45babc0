"""The declaration (《申报基本情况》) as filing describes its form: filled in, shown, compared."""
