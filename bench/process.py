"""One process and what it used."""
import os
import subprocess
import tempfile
import time

GNU_TIME = "/usr/bin/time"


def run(command, **kwargs):
    """Wall seconds, user+system seconds and exit code of one process."""
    began = time.monotonic()
    process = subprocess.Popen(command, **kwargs)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime, process.returncode


def run_with_peak(command, **kwargs):
    """The same with the peak KiB before the code. The start of GNU time, about 1 ms, is part of both times; a signal's code is 128 more.

    A process that Python starts counts Python's own memory as its peak: the kernel keeps what was there before exec.
    """
    with tempfile.NamedTemporaryFile(mode="r", encoding="ascii") as file:
        seconds, cpu, code = run([GNU_TIME, "--quiet", "--format=%M", f"--output={file.name}", "--", *command], **kwargs)
        # Of a process that a signal ends there is a line before it.
        return seconds, cpu, int(file.read().split()[-1]), code
