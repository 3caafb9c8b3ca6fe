// otmetka: names the subcommands and hands over.
#include "cli/commands.h"

int main(int argc, char** argv) {
  using namespace otmetka::cli;
  const std::vector<std::string> args(argv + 1, argv + argc);
  const std::vector<Command> commands = {
      check_command(),   try_command(),     grade_command(),  submit_command(), serve_command(), results_command(),
      dlq_command(),     explain_command(), schema_command(), config_command(), doctor_command(),
  };
  const Context context = make_context(args);
  return finish_output(context, dispatch(commands, args, context));
}
