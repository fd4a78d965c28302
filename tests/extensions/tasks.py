"""Functions that the workers of the tests run."""

from __future__ import annotations

import os
import time
from pathlib import Path

from fep_tools.errors import FepError


def square(number: int) -> str:
    """Return the square of *number*."""
    return str(number * number)


def count_and_square(argument: tuple[str, int]) -> str:
    """Leave a trace in a directory, and return the square."""
    directory, number = argument
    with Path(directory, str(number)).open("a") as file:
        file.write("x")
    return str(number * number)


def die_once(argument: tuple[str, int]) -> str:
    """End the worker when it gets 7 for the first time."""
    directory, number = argument
    mark = Path(directory, "died")
    if number == 7 and not mark.exists():
        mark.touch()
        os._exit(1)
    return str(number * number)


def die_at_seven(number: int) -> str:
    """End the worker whenever it gets 7."""
    if number == 7:
        os._exit(1)
    time.sleep(0.01)
    return str(number * number)


def die(_number: int) -> str:
    """End the worker."""
    os._exit(1)


def fail(number: int) -> str:
    """Fail in one of several ways."""
    if number == 1:
        raise FepError("the archive is too large")
    if number == 2:
        raise RuntimeError("a mistake in the code")
    if number == 3:
        raise MemoryError
    return str(number)


def fail_above_three(number: int) -> str:
    """Return *number*."""
    if number > 3:
        raise FepError("more than three")
    return str(number)


def use_memory(size: int) -> str:
    """Return the number of bytes that could be used."""
    return str(len(bytearray(size)))


def hang(number: int) -> str:
    """Compute without an end, and never look at a signal."""
    return str(sum(range(10**12))) if number else "0"


def safe_path(_number: int) -> str:
    """Return whether the worker leaves its current directory out of the path of modules."""
    import sys

    return str(int(sys.flags.safe_path))


def slow_square(argument: tuple[str, int]) -> str:
    """Note the process that computes, and return the square after a moment."""
    directory, number = argument
    mark = Path(directory, f"{number}.pid")
    # Whoever sees the file finds a whole number in it.
    unnamed = mark.with_suffix(".new")
    unnamed.write_text(str(os.getpid()))
    unnamed.rename(mark)
    time.sleep(0.2)
    mark.unlink()
    return str(number * number)
