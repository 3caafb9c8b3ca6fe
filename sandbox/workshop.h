// Where learners' programs are compiled and run: the languages, the cache of what was compiled, and the sandbox under them.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.h"
#include "sandbox/language.h"
#include "sandbox/sandbox.h"
#include "sandbox/source_files.h"

namespace otmetka::sandbox {

struct WorkshopOptions {
  SandboxOptions sandbox = {};
  std::string languages = {};                // a folder of more languages; one of the same id takes the built-in's place
  std::string cache = {};                    // a folder for precompiled headers, made if it is not there; empty: none are used
  std::uint64_t cache_bytes = 256u << 20;    // of compiled programs kept in memory
  bool allow_weak = false;                   // run strangers' programs where a tree's memory cannot be bounded
};

// A program that is ready to run, any number of times at once. Immutable.
struct Executable {
  const Language* language = nullptr;
  std::vector<std::string> argv;
  std::vector<std::string> environment;
  std::vector<InputFile> files;
  std::shared_ptr<const MemoryFile> image;  // where the program is one file that is run itself
};

struct Compiled {
  std::shared_ptr<const Executable> executable;  // null: it does not compile
  std::string log;                               // what the compiler said, at most kMostLogBytes
  RunResult run;                                 // of the compiler, without its output; a cached one's is that of the first time
  bool cached = false;
  int tries = 1;                                 // 2: the compiler itself broke and was run once more
};
inline constexpr std::size_t kMostLogBytes = 16u << 10;

struct LanguageState {
  const Language* language = nullptr;
  bool installed = false;
  std::string missing;  // the first program that is not there
};

// Any thread may call anything. Errors are ours and say nothing about a program.
class Workshop {
 public:
  // OT543–OT545 from the sandbox; OT550 where it is too weak; OT560, OT561 for the folder of languages.
  static Result<std::unique_ptr<Workshop>> open(WorkshopOptions options);
  ~Workshop();

  const std::vector<LanguageState>& languages() const;
  // By id, installed or not; null: there is none. scripts() is found by its id as well.
  const LanguageState* language(std::string_view id) const;
  // The language that a file of this name is of, an installed one where there is a choice; null: none.
  const LanguageState* language_of(std::string_view file_name) const;

  // The first line that its toolchain says of itself; runs it in the sandbox.
  Result<std::string> version(const Language& language);

  // One compile at a time of the same sources: the others wait for it and have its outcome. Files named as what compiling makes
  // are left out, and so is a byte order mark at the beginning of a source. `extra_flags` go behind the compile command; `entry`
  // is the file that is run, where the language's own rule would take another. No name of a file is an option to a compiler: one
  // that begins with `@` is no source, but lies beside them. OT562: the language is not installed (retryable: another worker may
  // have it). OT563: no source file.
  Result<Compiled> compile(const Language& language, std::span<const SourceFile> files, std::span<const std::string> extra_flags = {},
                           std::string_view entry = {});

  // What to give to sandbox().run: the limits are the task's, to which what the language's runtime takes is added.
  Program program(const Executable& executable, Limits limits, std::span<const std::string> arguments = {}) const;

  Sandbox& sandbox();

 private:
  class Impl;
  explicit Workshop(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace otmetka::sandbox
