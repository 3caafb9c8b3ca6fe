// What `otmetka bench` measures: the grader in this process, or a queue with a server behind it.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "cli/command_line.h"
#include "cli/config.h"
#include "load/drive.h"
#include "load/server_page.h"
#include "load/workload.h"

namespace otmetka::cli {

class BenchTarget : public load::Target {
 public:
  // What the server counts by now; empty: nobody can tell.
  virtual load::ServerPage page() = 0;

  // Dead letters of what could not be decoded, since this was opened.
  virtual Result<std::uint64_t> undecodable_letters() = 0;

  virtual bool is_this_process() const = 0;
  virtual pid_t pid() const = 0;
  virtual std::vector<std::string> last_words() const { return {}; }  // of a server of our own

  // Ends what was begun for the run and takes away what was made for it; the destructor does so too.
  virtual void close() {}
};

inline constexpr pid_t kServerElsewhere = -1;

struct BenchPlace {
  std::string kind;       // "in-process", "embedded", "kafka"
  std::string folder;     // for what is needed during the run; there
  std::string run;        // tells this run's things from others'
  std::string config;     // the file that the command was given
  pid_t server_pid = 0;   // 0: a server is started; kServerElsewhere: one runs where this machine cannot see it
  std::string specs;      // the folder of the run's specs, written already
  bool own_queue = true;  // it was made for this run alone
};

// Ready to be loaded: the server serves, and on Kafka the specs are published. Errors are those of the queue, OT488, OT484 where
// `server_pid` is no process. Nobody is waited for once `stop` is set.
Result<std::unique_ptr<BenchTarget>> open_in_process(const Config& config, const load::Workload& load);
Result<std::unique_ptr<BenchTarget>> open_queue_target(const Context& context, const Config& config, const BenchPlace& place,
                                                        const std::atomic<bool>& stop);

}  // namespace otmetka::cli
