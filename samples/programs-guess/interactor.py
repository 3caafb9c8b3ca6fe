# By the testlib protocol: interactor.py INPUT OUTPUT ANSWER; 0 accepts, 1 rejects. What it prints the program reads.
import sys

secret = int(open(sys.argv[1]).read())
for _ in range(10):
    line = sys.stdin.readline()
    if not line.strip():
        print("no guess", file=sys.stderr)
        sys.exit(1)
    guess = int(line)
    print("yes" if guess == secret else "less" if secret < guess else "more", flush=True)
    if guess == secret:
        sys.exit(0)
print("more than ten guesses", file=sys.stderr)
sys.exit(1)
