"""The catalog in other formats. Functions return bytes; nothing is written here."""
