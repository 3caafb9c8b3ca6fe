// A worker as a process of its own, to be killed: chaos_worker BROKERS PREFIX INSTANCE exactly_once|at_least_once FOLDER.
// OTMETKA_CHAOS_LOG=1: it tells what librdkafka has to say.
// SIGTERM: it commits what is finished and goes. Where it cannot go on it says why and ends with 1, or with kFenced.
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "tests/chaos/engine_worker.h"

int main(int argc, char** argv) {
  using namespace otmetka;
  if (argc != 6) return 2;
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  queue::KafkaOptions options;
  options.brokers = argv[1];
  options.prefix = argv[2];
  options.delivery = std::string(argv[4]) == "exactly_once" ? queue::Delivery::kExactlyOnce : queue::Delivery::kAtLeastOnce;
  options.client["session.timeout.ms"] = "6000";
  if (std::getenv("OTMETKA_CHAOS_LOG") != nullptr) {
    options.on_log = [instance = std::string(argv[3]) + "-" + std::to_string(::getpid())](std::string_view text) {
      std::cerr << instance + ": " + std::string(text) + "\n";
    };
  }
  chaos::Watch watch(argv[5]);
  chaos::EngineWorker worker(chaos::all_lanes(options), argv[3], argv[5], &watch);
  while (worker.working()) {
    const timespec wait{.tv_sec = 0, .tv_nsec = 100'000'000};
    if (sigtimedwait(&ending, nullptr, &wait) == SIGTERM) break;
  }
  const auto failed = worker.leave();
  if (failed) std::cerr << argv[3] << "-" << ::getpid() << ": " << chaos::words_of(*failed) << '\n';
  if (!failed) return 0;
  return failed->code() == "OT444" ? chaos::kFenced : 1;
}
