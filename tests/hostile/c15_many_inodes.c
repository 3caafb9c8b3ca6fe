// C15: makes a million files, watches descriptors a million times, and looks for 200 000 files that are not there.
// right: EXITED 0 / MEMORY_LIMIT
// limits: cpu=5s wall=9s
#include <fcntl.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "try.inc"

enum { kMany = 1000000 };

static long make_files(void) {
  char name[64];
  for (long i = 0; i < kMany; ++i) {
    snprintf(name, sizeof(name), "/w/%ld", i);
    const int made = i % 3 == 0 ? mkdir(name, 0700) : i % 3 == 1 ? symlink("/w", name) : open(name, O_CREAT | O_WRONLY, 0600);
    if (made < 0) return i;
    if (made > 2) close(made);
  }
  return kMany;
}

static void look_for_files(void) {
  char name[300];
  struct stat info;
  for (long i = 0; i < kMany / 5; ++i) {
    snprintf(name, sizeof(name), "/usr/lib/%0200ld", i);
    stat(name, &info);
  }
}

static long watch(void) {
  int pipes[20], watchers[30];
  long count = 0;
  for (int i = 0; i < 20; i += 2) {
    if (pipe(pipes + i) != 0) return 0;
  }
  for (int i = 0; i < 30; ++i) watchers[i] = epoll_create1(0);
  for (long round = 0; round < kMany / 600; ++round) {
    for (int i = 0; i < 600; ++i) {
      struct epoll_event event = {.events = EPOLLIN};
      if (epoll_ctl(watchers[i / 20], EPOLL_CTL_ADD, pipes[i % 20], &event) == 0) ++count;
    }
  }
  return count;
}

int main(void) {
  if (make_files() >= kMany) went_through("a million files");
  if (watch() >= kMany) went_through("a million watched descriptors");
  look_for_files();
  return verdict();
}
