// A language as data: how its files are told, compiled and run. One file of sandbox/languages/ each.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.h"
#include "sandbox/program.h"

namespace otmetka::sandbox {

// In arguments: `{sources}` stands for all source files of the language (one argument each), `{main}` for the one that is
// run, `{name}` for that file's name without its ending, `{memory}` for the run's limit in MiB, less what `runtime` takes.
struct Language {
  std::string id;                       // "cpp"; what specs and packages name
  std::string title;                    // "C++ (gcc)"
  std::vector<std::string> endings;     // ".cpp", with the dot; the first is given to an answer without a file name
  std::vector<std::string> headers;     // endings of files that are there to be included, not compiled by themselves
  std::string main;                     // the name of the file that is run where there are several: "Main.java"; may be empty
  std::vector<std::string> reads;       // host paths beside the system's that compiler and programs read; `*` is any name
  std::vector<std::string> needs;       // host programs without which the language is not installed
  std::string packages;                 // Debian packages, for the hint
  std::vector<std::string> version;     // command that prints the version: part of the cache's key
  std::vector<std::string> compile;     // empty: nothing to compile
  std::vector<std::string> keep;        // what compiling makes and runs need: names, or `*.class`
  bool keep_sources = false;            // interpreters read them
  bool any_file = false;                // all files are its sources, whatever their names, and may be started by their paths
  std::string executable;               // one of `keep` that is run itself, by its bytes
  std::vector<std::string> run;         // empty: the executable alone
  Limits compile_limits;
  // A header that is compiled once beforehand, and how: `{header}` is a file that includes it, `{output}` the result. In the
  // compile command `{precompiled}` is the folder where it lies; an argument that names it is dropped where there is none.
  std::string precompiled;
  std::vector<std::string> precompile;
  std::vector<int> memory_exits;        // exit statuses by which the runtime itself says that memory ran out
  std::string memory_says;              // what it writes to standard error then: a program may end with such a status too
  // What the runtime takes for itself, beyond a task's limits.
  std::uint64_t runtime_memory = 0;
  std::uint64_t runtime_processes = 0;
  std::uint64_t reserved_bytes = 0;  // of Limits
  double time_factor = 1;               // the task's CPU and wall limits times this, where the task does not say otherwise
};

// `name` for messages. OT560 with the place: what is wrong with the file.
Result<Language> read_language(std::string text, const std::string& name);

// Those of sandbox/languages/, by id; they are part of the program.
const std::vector<Language>& built_in_languages();

// Whether the language's runtime ended a program, and said so, because memory ran out.
bool runtime_ran_out(const RunResult& run, const Language& language);

// No language, and in no list: a program that brings scripts of its own. `build` is run, if it is there, in place of a compiler, and
// `run` is the program. Both in the sandbox. Learners' files are never taken for it.
const Language& scripts();

}  // namespace otmetka::sandbox
