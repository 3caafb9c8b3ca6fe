// One hostile program, or source to compile, with what its first comment says (tests/hostile/README.md).
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
  std::vector<std::string> runs;       // argv[1] of each; one without when empty
  std::vector<std::string> pair;       // argv[1] of two that talk to each other; empty: it runs alone
  int repeat = 1;
  int at_once = 1;                     // that many at the same time, for two slots
  std::vector<std::string> collects;   // files to bring out: each has what the program wrote, or is refused
  std::vector<std::string> refuses;    // files to bring out, all of which must be refused
  std::string input;
  std::string given_name, given_text;  // a file for each run, or beside the source
  std::string prints;                  // what output must be; empty: not looked at
  std::string unread;                  // what of the header could not be understood; empty: all was

  // Of sources only.
  std::string compile_limits;          // what is other than the language's; set_limits reads it
  std::string name;                    // under which it is handed in; empty: its own
  std::string language;                // id; empty: by its name
  std::string bytes;                   // written otherwise than it stands here: utf16, cr, nul; empty: as it is
  int times = 0;                       // how often an x stands where the text says @TIMES@
};

inline void PrintTo(const Row& row, std::ostream* out) { *out << row.id << " " << row.about; }  // for GoogleTest

// All programs or sources of the folder, by name.
std::vector<Row> read_rows(const std::filesystem::path& folder);

// Of `cpu=500ms memory=64MiB …`; what could not be understood, or nothing.
std::string set_limits(sandbox::Limits& limits, const std::string& text);

// Every program and source of this row ends as the row wants it in this mode, with no wall missing.
bool is_contained(const Row& row, const std::string& mode);

// "EXITED 0", "SIGNALLED 11", "TIME_LIMIT", …
std::string ending_text(const sandbox::RunResult& result);

// Whether an ending is one of "A / B 2 / C *".
bool is_one_of(const std::string& ending, const std::string& alternatives);

}  // namespace otmetka::hostile
