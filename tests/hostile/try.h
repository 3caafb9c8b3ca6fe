// For programs that try a wall: what went through is printed, and decides the exit status.
#ifndef OTMETKA_TRY_H
#define OTMETKA_TRY_H

#include <errno.h>
#include <stdio.h>

static int open_count;

// Something that must not work has worked.
static inline void went_through(const char *name) {
  printf("open: %s\n", name);
  ++open_count;
}

// A call that must be refused: anything but an error is a hole.
static inline void refused(const char *name, long result) {
  if (result >= 0) went_through(name);
}

static inline int verdict(void) {
  fflush(stdout);
  return open_count == 0 ? 0 : 1;
}

#endif
