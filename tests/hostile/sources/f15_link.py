# F15: what it made is a link to a program of the system.
# language: obedient
# name: x.obey
# right: COMPILE_ERROR
import os

os.symlink("/bin/true", "program")
