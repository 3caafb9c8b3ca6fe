// A `code` item's settings as a task, and what is wrong with them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checkers/checker.h"
#include "checkers/code/code.pb.h"
#include "checkers/program/task.h"

namespace otmetka::checkers::code {

using program::Task;

struct ReadTask {
  std::optional<Task> task;  // none when a problem is an error
  std::vector<Problem> problems;
};

// What `file:` names is looked for in what the settings hold already, then in `folder`.
ReadTask read_task(const v1::CodeSettings& settings, const std::string& folder);

// Puts into the settings the bytes of every file that they name: the spec's hash then covers them, and a worker elsewhere needs
// no folder. OT168, OT362; OT600: more than 32 MiB in all.
Status embed_files(v1::CodeSettings& settings, const std::string& folder, const NoteFile& note);

}  // namespace otmetka::checkers::code
