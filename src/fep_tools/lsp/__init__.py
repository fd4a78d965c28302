"""What editors ask, answered: the same findings as ``fep check``, and what helps to write.

Everything is made of values, in functions that know nothing of the protocol; only
:mod:`~fep_tools.lsp.convert` and :mod:`~fep_tools.lsp.server` speak it. Nothing is written,
and git is asked when a file is opened or saved, or a number is changed; never at a keystroke.
"""
