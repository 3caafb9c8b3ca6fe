#include "packages/program_files.h"

#include <algorithm>

namespace otmetka::packages {
namespace {

using checkers::program::Judge;
using sandbox::SourceFile;
using Files = std::vector<SourceFile>;

constexpr std::size_t kMostNameBytes = 100;

// As DOMjudge mends them.
std::string mended(std::string name) {
  for (char& c : name) {
    const bool good =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '_' || c == '.' || c == '-';
    if (!good) c = '_';
  }
  if (name.size() > kMostNameBytes) name.erase(0, name.size() - kMostNameBytes);
  if (name.front() == '.' || name.front() == '-') name.front() = '_';
  return name;
}

std::size_t sources_in(const Files& files, Languages languages) {
  return static_cast<std::size_t>(
      std::count_if(files.begin(), files.end(), [&](const SourceFile& file) { return !language_of({&file, 1}, languages).id.empty(); }));
}

bool has_script(const Files& files) {
  return std::any_of(files.begin(), files.end(), [](const SourceFile& file) { return file.name == "build" || file.name == "run"; });
}

// Of several programs in one folder the first, with what is no program beside it.
void keep_first_source(Files& files, Languages languages) {
  bool kept = false;
  std::erase_if(files, [&](const SourceFile& file) {
    if (language_of({&file, 1}, languages).id.empty()) return false;
    return std::exchange(kept, true);
  });
}

class JudgeReader {
 public:
  JudgeReader(const PackageFiles& files, Languages languages, const Constants& constants, std::vector<Message>& warnings)
      : files_(files), languages_(languages), constants_(constants), warnings_(warnings) {}

  Result<std::optional<Judge>> read(const std::string& folder) {
    if (!files_.has_folder(folder)) return std::optional<Judge>();
    const auto items = files_.list(folder);
    if (!items) return items.failure();
    std::vector<std::string> programs;
    for (const PackageFiles::Item& item : *items) {
      if (item.folder && item.name != "__pycache__") programs.push_back(folder + "/" + item.name);
    }
    std::vector<Message> of_folders;  // they are looked into below
    auto loose = read_program(files_, folder, constants_, of_folders);
    if (!loose) return loose.failure();
    use_usual_endings(*loose, languages_);
    const std::size_t sources = sources_in(*loose, languages_);
    const bool several = folder.ends_with('s') && sources > 1 && !has_script(*loose);
    if (several || (sources > 0 && !programs.empty()) || programs.size() > 1) {
      if (auto refused = refuse_several(folder, *loose, programs)) return *refused;
      warnings_.push_back({"OT581", {folder}});
    }
    if (several) keep_first_source(*loose, languages_);
    if (sources > 0) return judge_of(folder, std::move(*loose));
    if (programs.empty())
      return loose->empty() ? Result<std::optional<Judge>>(std::optional<Judge>()) : judge_of(folder, std::move(*loose));
    auto program = read_program(files_, programs.front(), constants_, warnings_);
    if (!program) return program.failure();
    use_usual_endings(*program, languages_);
    return judge_of(programs.front(), std::move(*program));
  }

 private:
  // The format runs each of output_validators/ and wants all of them to accept.
  std::optional<Error> refuse_several(const std::string& folder, const Files& loose, const std::vector<std::string>& folders) const {
    if (folder != "output_validators") return std::nullopt;
    std::vector<std::string> found;
    for (const SourceFile& file : loose) {
      if (!language_of({&file, 1}, languages_).id.empty()) found.push_back(folder + "/" + file.name);
    }
    for (const std::string& path : folders) {
      std::vector<Message> ignored;
      auto program = read_program(files_, path, constants_, ignored);
      if (!program) continue;
      use_usual_endings(*program, languages_);
      if (sources_in(*program, languages_) > 0 || has_script(*program)) found.push_back(path + "/");
    }
    if (found.size() < 2) return std::nullopt;
    return error("OT576", {found[0] + ", " + found[1] + (found.size() > 2 ? ", …" : "")});
  }

  Result<std::optional<Judge>> judge_of(const std::string& path, Files program) {
    // Whatever the sources are: the script may make a header of them, or set a constant.
    if (has_script(program)) return by_scripts(std::move(program));
    const ProgramLanguage language = language_of(program, languages_);
    if (language.id.empty() && language.foreign.empty()) return error("OT557", {path + "/"});
    if (language.id.empty()) return error("OT577", {path, language.foreign});
    const auto known =
        std::find_if(languages_.begin(), languages_.end(), [&](const sandbox::Language& one) { return one.id == language.id; });
    name_after_class(program, *known);
    const std::string main = main_file(program, *known);
    std::stable_partition(program.begin(), program.end(), [&](const SourceFile& file) { return file.name == main; });
    Judge out;
    out.protocol = Judge::Protocol::kKattis;
    out.language = language.id;
    out.files = std::move(program);
    return std::optional<Judge>(std::move(out));
  }

  static std::optional<Judge> by_scripts(Files program) {
    Judge out;
    out.protocol = Judge::Protocol::kKattis;
    out.language = sandbox::scripts().id;
    out.files = std::move(program);
    return out;
  }

  const PackageFiles& files_;
  Languages languages_;
  const Constants& constants_;
  std::vector<Message>& warnings_;
};

}  // namespace

Result<Files> read_program(const PackageFiles& files, const std::string& path, const Constants& constants, std::vector<Message>& warnings) {
  Files out;
  std::size_t bytes = 0;
  const auto take = [&](const std::string& file) -> Status {
    auto read = files.read(file, kMostSourceBytes);
    if (!read) return read.failure();
    bytes += read->size();
    if (bytes > kMostProgramBytes) return error("OT573", {path, static_cast<std::int64_t>(kMostProgramBytes)});
    if (out.size() == kMostProgramFiles) return error("OT573", {path, static_cast<std::int64_t>(kMostProgramFiles)});
    out.push_back({mended(file.substr(file.rfind('/') + 1)), with_constants(std::move(*read), constants)});
    return ok_status();
  };
  if (!files.has_folder(path)) {
    if (Status taken = take(path); !taken) return taken.failure();
    return out;
  }
  const auto items = files.list(path);
  if (!items) return items.failure();
  for (const PackageFiles::Item& item : *items) {
    if (item.folder) {
      if (item.name != "__pycache__") warnings.push_back({"OT585", {path + "/" + item.name}});
    } else if (Status taken = take(path + "/" + item.name); !taken) {
      return taken.failure();
    }
  }
  return out;
}

Result<std::optional<Judge>> read_judge(const PackageFiles& files, std::span<const std::string> folders, Languages languages,
                                        const Constants& constants, std::vector<Message>& warnings) {
  for (const std::string& folder : folders) {
    auto judge = JudgeReader(files, languages, constants, warnings).read(folder);
    if (!judge || *judge) return judge;
  }
  return std::optional<Judge>();
}

Status read_includes(const PackageFiles& files, Languages languages, const Constants& constants, checkers::program::Task& task,
                     std::vector<std::string>& incomplete, std::vector<Message>& warnings) {
  const auto items = files.list("include");
  if (!items) return items.failure();
  for (const PackageFiles::Item& item : *items) {
    const std::string id = item.name == "default" ? std::string() : language_by_code(item.name, languages);
    if (!item.folder || (id.empty() && item.name != "default")) continue;
    const std::size_t warned = warnings.size();
    auto program = read_program(files, "include/" + item.name, constants, warnings);
    if (!program) return program.failure();
    use_usual_endings(*program, languages);
    if (warnings.size() != warned) incomplete.push_back(id.empty() ? item.name : id);
    if (id.empty()) {
      task.for_all = std::move(*program);
    } else {
      task.added[id] = std::move(*program);
    }
  }
  return ok_status();
}

}  // namespace otmetka::packages
