"""Programs of strangers, run apart: the only room that starts processes.

What is run here, and what is made of its answer, is the business of others.
"""
