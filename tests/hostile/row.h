// One hostile program with what its first comment says (tests/hostile/README.md).
#pragma once

#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "sandbox/program.h"

namespace otmetka::hostile {

struct Row {
  std::string id;
  std::string about;
  std::filesystem::path file;
  std::map<std::string, std::string> right;  // by mode: root, delegated, bare
  sandbox::Limits limits;
  std::vector<std::string> runs;  // argv[1] of each; one without when empty
  int repeat = 1;
  std::string input;
  std::string given_name, given_text;  // a file for each run
  std::string prints;             // what output must be; empty: not looked at
  std::string unread;             // what of the header could not be understood; empty: all was
};

inline void PrintTo(const Row& row, std::ostream* out) { *out << row.id << " " << row.about; }  // for GoogleTest

// All programs of the folder, by id.
std::vector<Row> read_rows(const std::filesystem::path& folder);

// "EXITED 0", "SIGNALLED 11", "TIME_LIMIT", …
std::string ending_text(const sandbox::RunResult& result);

// Whether an ending is one of "A / B 2 / C *".
bool is_one_of(const std::string& ending, const std::string& alternatives);

}  // namespace otmetka::hostile
