# F15: what it made has 2 GiB, none of them written.
# language: obedient
# name: x.obey
# right: COMPILE_ERROR
import os

os.truncate(os.open("program", os.O_CREAT | os.O_WRONLY, 0o755), 2 << 30)
