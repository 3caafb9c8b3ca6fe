import sys

lines = sys.stdin.buffer.read().split(b"\n")
good = len(lines) == 2 and lines[1] == b"" and 1 <= len(lines[0]) <= 100 and lines[0] == lines[0].strip()
sys.exit(42 if good else 43)
