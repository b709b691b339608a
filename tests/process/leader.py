"""A session leader such as a shell is: runs one job in the foreground of its terminal.

Usage: leader.py CONTROL STATUS -- COMMAND...  Each change of the job is a line on the STATUS
descriptor; `fg` read from CONTROL continues a stopped job, `bg` in the background.
"""

from __future__ import annotations

import os
import signal
import sys


def main():
    control, report = int(sys.argv[1]), int(sys.argv[2])
    command = sys.argv[4:]
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    background = command[0] == "&"
    job = os.fork()
    if job == 0:
        os.setpgid(0, 0)
        if not background:
            os.tcsetpgrp(0, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.close(control)
        os.close(report)
        words = command[1:] if background else command
        os.execvp(words[0], words)
    tell(report, f"pid {job}")
    while True:
        _, status = os.waitpid(job, os.WUNTRACED)
        if os.WIFSTOPPED(status):
            os.tcsetpgrp(0, os.getpgrp())
            tell(report, f"stopped {os.WSTOPSIG(status)}")
            if os.read(control, 3)[:2] == b"fg":
                os.tcsetpgrp(0, job)
            os.killpg(job, signal.SIGCONT)
        elif os.WIFSIGNALED(status):
            tell(report, f"signal {os.WTERMSIG(status)}")
            break
        else:
            tell(report, f"exit {os.WEXITSTATUS(status)}")
            break
    os.tcsetpgrp(0, os.getpgrp())
    os.read(control, 1)


def tell(fd, text):
    os.write(fd, text.encode() + b"\n")


main()
