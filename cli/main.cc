// otmetka: names the subcommands and hands over.
#include <csignal>
#include <exception>
#include <iostream>

#include "cli/commands.h"
#include "cli/kafka_config.h"
#include "cli/table.h"

namespace {

using namespace otmetka::cli;

int run(const std::vector<std::string>& args, const Context& context) {
  const std::vector<Command> commands = {
      check_command(),   try_command(),     grade_command(),  submit_command(), serve_command(), results_command(),
      dlq_command(),     explain_command(), schema_command(), config_command(), doctor_command(),
      languages_command(), run_command(), verify_command(), topics_command(), publish_spec_command(), gradebook_command(),
      bench_command(),
  };
  when_brokers_are_silent([&context](const std::string& brokers, const std::string& reason) {
    std::cerr << printable(say(context, "cli.kafka.silence", {brokers, reason})) << '\n';
  });
  return finish_output(context, dispatch(commands, args, context));
}

}  // namespace

// The last to hear of what a library throws, memory that has run out for one.
int main(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may grow no further is told as a full disk is
  const std::vector<std::string> args(argv + 1, argv + argc);
  const Context context = make_context(args);
  try {
    return run(args, context);
  } catch (const std::exception& thrown) {
    return report(context, otmetka::retryable_error("OT590", {std::string(thrown.what())}));
  }
}
