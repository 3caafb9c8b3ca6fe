#include "sandbox/workshop.h"

#include <glob.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "sandbox/arguments.h"
#include "sandbox/compile_cache.h"
#include "sandbox/precompiled.h"
#include "sandbox/toolchain.h"
#include "sandbox/work_folder.h"

namespace otmetka::sandbox {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostKeptBytes = 128u << 20;  // of one file that compiling makes
constexpr std::uint64_t kMiB = 1u << 20;

bool has_ending(const std::string& name, const std::vector<std::string>& endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](const std::string& one) { return name.size() > one.size() && name.ends_with(one); });
}

std::vector<std::string> matches(const std::string& pattern) {
  std::vector<std::string> out;
  glob_t found{};
  if (glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found) == 0) out.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  globfree(&found);
  return out;
}

Result<std::vector<Language>> read_folder(const std::string& folder) {
  std::vector<Language> out;
  if (folder.empty()) return out;
  std::error_code problem;
  std::vector<std::string> paths;
  for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem)) {
    if (it->path().extension() == ".yaml") paths.push_back(it->path().string());
  }
  if (problem) return error("OT561", {folder, problem.message()});
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    auto language = read_language(std::move(text).str(), path);
    if (!language) return language.failure();
    out.push_back(std::move(*language));
  }
  return out;
}

// Where there are several files, which is run: the one that the language names, or the only one that says `main`.
const SourceFile* main_of(const Language& language, const std::vector<const SourceFile*>& sources, std::string_view entry) {
  for (const SourceFile* source : sources) {
    if (source->name == entry) return source;
  }
  for (const SourceFile* source : sources) {
    if (source->name == language.main) return source;
  }
  for (const SourceFile* source : sources) {
    if (source->bytes.find(" main(") != std::string::npos || source->bytes.find("__main__") != std::string::npos) return source;
  }
  return sources.front();
}

std::string key_of(const Language& language, std::span<const SourceFile> files, std::span<const std::string> flags,
                   std::string_view entry) {
  std::string key = language.id;
  const auto add = [&](const std::string& text) { key += '\0' + std::to_string(text.size()) + ':' + text; };
  add(toolchain_mark(language));
  add(std::string(entry));
  add(std::to_string(flags.size()));
  for (const std::string& flag : flags) add(flag);
  for (const SourceFile& file : files) {
    add(file.name);
    add(file.bytes);
  }
  return key;
}

// The compiler's words with what would move a terminal's cursor taken out by whoever shows them; here only their length.
std::string log_of(const RunResult& run) {
  std::string log = run.err + run.out;
  if (log.size() > kMostLogBytes) log.resize(kMostLogBytes);
  return log;
}

// By a signal, or with a status that stands for one; 4 is gcc's own for an error of its own.
bool has_broken(const RunResult& run) {
  return run.ending == Ending::kSignalled || (run.ending == Ending::kExited && (run.code == 4 || run.code >= 128));
}

// Compilers take "-x" for an option.
std::string argument_of(const std::string& name) { return name.starts_with('-') ? "./" + name : name; }

// They take "@x" for a file of options, and gcc does so again with the names that it gives to its own parts.
bool can_be_named(const std::string& name) { return !name.starts_with('@'); }

// What compiling makes is not handed in: it would stand where the compiler has made nothing.
bool is_made(const Language& language, const std::string& name) {
  if (language.compile.empty() || language.any_file) return false;
  return std::any_of(language.keep.begin(), language.keep.end(), [&](const std::string& kept) {
    return kept.starts_with("*.") ? name.ends_with(std::string_view(kept).substr(1)) : name == kept;
  });
}

struct Sources {
  std::vector<const SourceFile*> files;  // those of the language, in the order given
  const SourceFile* main = nullptr;
};

}  // namespace

class Workshop::Impl {
 public:
  explicit Impl(const WorkshopOptions& options) : precompiled_(options.cache), cache_(options.cache_bytes) {}

  Status open(const WorkshopOptions& options) {
    auto added = read_folder(options.languages);
    if (!added) return added.failure();
    languages_ = built_in_languages();
    for (Language& language : *added) {
      std::erase_if(languages_, [&](const Language& old) { return old.id == language.id; });
      languages_.push_back(std::move(language));
    }
    SandboxOptions box = options.sandbox;
    for (const Language& language : languages_) states_.push_back(note(language, box));
    scripts_ = note(sandbox::scripts(), box);
    if (!precompiled_.folder().empty()) box.binds.push_back({precompiled_.folder(), std::string(kPrecompiledInside)});
    auto opened = Sandbox::open(std::move(box));
    if (!opened) return opened.failure();
    sandbox_ = std::move(*opened);
    if (!options.allow_weak && !sandbox_->enforcement().bounds_trees()) return error("OT550", {sandbox_->enforcement().cgroups});
    return ok_status();
  }

  Result<Compiled> compile(const Language& language, std::span<const SourceFile> files, std::span<const std::string> flags,
                           std::string_view entry) {
    const LanguageState* state = this->language(language.id);
    if (state == nullptr || !state->installed) return retryable_error("OT562", {language.title, language.packages});
    const auto sources = sources_of(language, files, entry);
    if (sources.files.empty()) return error("OT563", {language.title, language.endings.front()});
    return cache_.get(key_of(language, files, flags, entry), [&] { return compile_anew(language, files, sources, flags); });
  }

  Result<std::string> version(const Language& language) {
    Program program;
    program.argv = language.version;
    program.environment = kEnvironment;
    program.limits = language.compile_limits;
    if (program.argv.empty()) return std::string();
    const auto run = sandbox_->run(program);
    if (!run) return run.failure();
    const std::string& said = run->out.empty() ? run->err : run->out;
    return said.substr(0, said.find('\n'));
  }

  const std::vector<LanguageState>& states() const { return states_; }

  const LanguageState* language(std::string_view id) const {
    if (id == scripts_.language->id) return &scripts_;
    const auto found = std::find_if(states_.begin(), states_.end(), [&](const LanguageState& one) { return one.language->id == id; });
    return found == states_.end() ? nullptr : &*found;
  }

  Sandbox& sandbox() { return *sandbox_; }

 private:
  static LanguageState note(const Language& language, SandboxOptions& box) {
    LanguageState state{.language = &language, .installed = true, .missing = {}};
    for (const std::string& need : language.needs) {
      if (access(need.c_str(), X_OK) == 0) continue;
      state.installed = false;
      state.missing = need;
      break;
    }
    for (const std::string& pattern : language.reads) {
      for (std::string& path : matches(pattern)) {
        const auto there = [&](const Bind& bind) { return bind.from == path; };
        if (std::none_of(box.binds.begin(), box.binds.end(), there)) box.binds.push_back({path, path});
      }
    }
    return state;
  }

  static Sources sources_of(const Language& language, std::span<const SourceFile> files, std::string_view entry) {
    Sources out;
    for (const SourceFile& file : files) {
      if ((language.any_file || has_ending(file.name, language.endings)) && can_be_named(file.name)) out.files.push_back(&file);
    }
    if (!out.files.empty()) out.main = main_of(language, out.files, entry);
    return out;
  }

  Result<Compiled> compile_anew(const Language& language, std::span<const SourceFile> files, const Sources& sources,
                                std::span<const std::string> flags) {
    auto executable = std::make_shared<Executable>();
    executable->language = &language;
    executable->environment = kEnvironment;
    executable->argv = expanded(language.run, sources, {});
    Program program;
    for (const SourceFile& file : files) {
      if (is_made(language, file.name)) continue;
      auto bytes = MemoryFile::make(file.bytes);
      if (!bytes) return bytes.failure();
      program.files.push_back({.name = file.name, .bytes = std::move(*bytes), .executable = language.any_file});
    }
    Compiled out;
    if (language.keep_sources) executable->files = program.files;
    if (!language.compile.empty()) {
      program.argv = expanded(language.compile, sources, include_folder(language));
      program.argv.insert(program.argv.end(), flags.begin(), flags.end());
      program.environment = kEnvironment;
      program.limits = language.compile_limits;
      program.limits.reserved_bytes = language.reserved_bytes;
      program.collect = language.keep;
      program.collect_bytes = kMostKeptBytes;
      auto run = sandbox_->run(program);
      if (run && has_broken(*run)) {
        out.tries = 2;
        run = sandbox_->run(program);
      }
      if (!run) return run.failure();
      if (run->ending == Ending::kNotStarted) return error("OT564", {program.argv[0], run->detail});
      out.log = log_of(*run);
      const bool compiled = run->ending == Ending::kExited && run->code == 0;
      if (auto kept = compiled ? keep(language, *run, *executable) : Result<bool>(false); !kept) {
        return kept.failure();
      } else if (!*kept) {
        executable = nullptr;
      }
      run->out.clear();
      run->err.clear();
      run->files.clear();
      out.run = std::move(*run);
    }
    out.executable = std::move(executable);
    return out;
  }

  // False: the compiler said yes and made nothing that can be run.
  static Result<bool> keep(const Language& language, const RunResult& run, Executable& executable) {
    for (const CollectedFile& file : run.files) {
      if (!file.refused.empty()) return false;
      auto bytes = MemoryFile::make(file.bytes);
      if (!bytes) return bytes.failure();
      if (file.name == language.executable) {
        executable.image = std::move(*bytes);
      } else {
        executable.files.push_back({.name = file.name, .bytes = std::move(*bytes), .executable = language.any_file});
      }
    }
    return language.executable.empty() ? language.keep.empty() || !run.files.empty() : executable.image != nullptr;
  }

  std::string include_folder(const Language& language) {
    return precompiled_.include_folder(language, [this](const Program& program) { return sandbox_->run(program); });
  }

  static std::vector<std::string> expanded(const std::vector<std::string>& command, const Sources& sources,
                                           const std::string& precompiled) {
    std::vector<std::string> out;
    for (const std::string& argument : command) {
      if (argument == "{sources}") {
        for (const SourceFile* source : sources.files) out.push_back(argument_of(source->name));
      } else if (argument.find("{precompiled}") == std::string::npos) {
        const std::string named = replaced(argument, "{main}", argument_of(sources.main->name));
        out.push_back(replaced(named, "{name}", fs::path(sources.main->name).stem().string()));
      } else if (!precompiled.empty()) {
        out.push_back(replaced(argument, "{precompiled}", precompiled));
      }
    }
    return out;
  }

  std::vector<Language> languages_;
  std::vector<LanguageState> states_;
  LanguageState scripts_;
  Precompiled precompiled_;
  CompileCache cache_;
  std::unique_ptr<Sandbox> sandbox_;
};

Workshop::Workshop(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Workshop::~Workshop() = default;

Result<std::unique_ptr<Workshop>> Workshop::open(WorkshopOptions options) {
  auto impl = std::make_unique<Impl>(options);
  if (Status opened = impl->open(options); !opened) return opened.failure();
  return std::unique_ptr<Workshop>(new Workshop(std::move(impl)));
}

const std::vector<LanguageState>& Workshop::languages() const { return impl_->states(); }

const LanguageState* Workshop::language(std::string_view id) const {
  return impl_->language(id);
}

const LanguageState* Workshop::language_of(std::string_view file_name) const {
  const LanguageState* found = nullptr;
  for (const LanguageState& state : languages()) {
    if (!has_ending(std::string(file_name), state.language->endings)) continue;
    if (state.installed) return &state;
    if (found == nullptr) found = &state;
  }
  return found;
}

Result<std::string> Workshop::version(const Language& language) { return impl_->version(language); }

Result<Compiled> Workshop::compile(const Language& language, std::span<const SourceFile> files, std::span<const std::string> extra_flags,
                                   std::string_view entry) {
  return impl_->compile(language, files, extra_flags, entry);
}

Program Workshop::program(const Executable& executable, Limits limits, std::span<const std::string> arguments) const {
  Program out;
  const std::string memory = std::to_string(std::max<std::uint64_t>(limits.memory_bytes / kMiB, 1));
  for (const std::string& argument : executable.argv) out.argv.push_back(replaced(argument, "{memory}", memory));
  if (out.argv.empty()) out.argv.emplace_back("program");
  out.argv.insert(out.argv.end(), arguments.begin(), arguments.end());
  out.environment = executable.environment;
  out.files = executable.files;
  out.executable = executable.image;
  limits.memory_bytes += executable.language->runtime_memory;
  limits.processes += executable.language->runtime_processes;
  limits.reserved_bytes = executable.language->reserved_bytes;
  out.limits = limits;
  return out;
}

Sandbox& Workshop::sandbox() { return impl_->sandbox(); }

}  // namespace otmetka::sandbox
