# F19: the compiler itself breaks. It is run once more (Workshop tests count), then the source does not compile.
# language: obedient
# name: x.obey
# right: COMPILE_ERROR
import os
import signal

os.kill(os.getpid(), signal.SIGSEGV)
