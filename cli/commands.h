// The subcommands: one file each, one row each in main.cc.
#pragma once

#include "cli/command_line.h"

namespace otmetka::cli {

Command check_command();
Command try_command();
Command grade_command();
Command submit_command();
Command serve_command();
Command results_command();
Command dlq_command();
Command explain_command();
Command schema_command();
Command config_command();
Command doctor_command();
Command languages_command();
Command run_command();
Command verify_command();
Command topics_command();
Command publish_spec_command();
Command gradebook_command();
Command bench_command();

}  // namespace otmetka::cli
