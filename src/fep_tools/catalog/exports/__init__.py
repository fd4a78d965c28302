"""The catalog as files: values in, bytes out, and nothing written."""
