"""The exercises of the book, one module per chapter; the schema is described in :mod:`lstm_lib.checks`."""
