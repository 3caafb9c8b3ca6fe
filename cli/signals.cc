#include "cli/signals.h"

#include <pthread.h>
#include <unistd.h>

#include <utility>

namespace otmetka::cli {

Signals::Signals(std::initializer_list<int> more) {
  sigemptyset(&set_);
  for (const int number : more) sigaddset(&set_, number);
  for (const int number : {SIGINT, SIGTERM, SIGUSR2}) sigaddset(&set_, number);
  pthread_sigmask(SIG_BLOCK, &set_, nullptr);
}

Listening::Listening(Signals& signals, std::function<void()> stop)
    : thread_([&signals, stop = std::move(stop)] {
        while (true) {
          int number = 0;
          if (sigwait(&signals.set(), &number) != 0 || number == SIGUSR2) return;
          if (signals.receive(number) != 0) _exit(128 + number);
          stop();
        }
      }) {}

Listening::~Listening() {
  pthread_kill(thread_.native_handle(), SIGUSR2);
  thread_.join();
}

}  // namespace otmetka::cli
