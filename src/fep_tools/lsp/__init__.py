"""A language server: the findings of ``fep check`` while you type, and help with writing.

An editor starts ``fep lsp``, which runs :func:`fep_tools.lsp.stdio.serve`. Nothing is written to
disk. Git runs when a file is opened or saved or a proposal is renumbered, never at a keystroke.
"""
