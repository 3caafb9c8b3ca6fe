"""One process and what it used."""
import os
import subprocess
import time


def run(command, **kwargs):
    """Wall seconds, user+system seconds, peak KiB and exit code of one process."""
    began = time.monotonic()
    process = subprocess.Popen(command, **kwargs)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, process.returncode
