# F15: what it made is a pipe, with nobody at its other end.
# language: obedient
# name: x.obey
# right: COMPILE_ERROR
import os

os.mkfifo("program")
