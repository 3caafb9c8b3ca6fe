#include "sandbox/precompiled.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "sandbox/arguments.h"
#include "sandbox/own_ids.h"
#include "sandbox/toolchain.h"

namespace otmetka::sandbox {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostBytes = 512u << 20;

bool is_ours_alone(const std::string& folder) {
  struct stat info {};
  return lstat(folder.c_str(), &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == geteuid() &&
         (info.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

// The flags too: a header compiled by others is not taken.
std::string mark_of(const Language& language) {
  std::size_t flags = 0;
  for (const std::string& argument : language.precompile) flags = flags * 31 + std::hash<std::string>{}(argument);
  return language.id + "-" + toolchain_mark(language) + "-" + std::to_string(flags);
}

// Whole or not at all: whoever reads it beside us sees no half of it.
bool write_file(const std::string& path, const std::string& bytes) {
  std::string place = path + ".XXXXXX";
  const Descriptor file(mkostemp(place.data(), O_CLOEXEC));
  if (!file) return false;
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t wrote = write(file.get(), bytes.data() + done, bytes.size() - done);
    if (wrote <= 0) break;
    done += static_cast<std::size_t>(wrote);
  }
  const bool whole = done == bytes.size() && fchmod(file.get(), 0444) == 0 && rename(place.c_str(), path.c_str()) == 0;
  if (!whole) unlink(place.c_str());
  return whole;
}

// Programs have another id than root, and whoever made the folders may have had a umask of his own.
bool let_programs_read(const fs::path& file, const fs::path& folder) {
  if (chmod(file.c_str(), 0444) != 0) return false;
  // By length: `folder` may end with a slash, and nothing above it is ours to change.
  for (fs::path at = file.parent_path(); at.native().size() > folder.native().size(); at = at.parent_path()) {
    if (!is_ours_alone(at) || chmod(at.c_str(), 0755) != 0) return false;
  }
  return true;
}

}  // namespace

bool programs_reach(const fs::path& folder) {
  if (!own_ids().any()) return true;
  for (fs::path at = folder;; at = at.parent_path()) {
    struct stat info {};
    if (stat(at.c_str(), &info) != 0 || (info.st_mode & S_IXOTH) == 0) return false;
    if (at == at.root_path()) return true;
  }
}

Precompiled::Precompiled(const std::string& folder) {
  if (folder.empty()) return;
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem || !is_ours_alone(folder)) return;
  fs::permissions(folder, fs::perms(0755), problem);  // programs, who have another id, read it
  const fs::path whole = fs::absolute(folder, problem);
  if (programs_reach(whole)) folder_ = whole.string();
}

std::string Precompiled::include_folder(const Language& language, const RunProgram& run) {
  if (folder_.empty() || language.precompiled.empty()) return {};
  const std::string mark = mark_of(language);
  const std::string include = std::string(kPrecompiledInside) + "/" + mark;
  const std::string target = folder_ + "/" + mark + "/" + language.precompiled + ".gch";
  const std::lock_guard lock(mutex_);
  if (is_there(language, target)) return include;
  if (failed_.contains(language.id)) return {};
  if (compile(language, target, run) && is_there(language, target)) return include;
  failed_.insert(language.id);
  return {};
}

bool Precompiled::is_there(const Language& language, const std::string& target) const {
  return access(target.c_str(), R_OK) == 0 && write_header(language, target) && let_programs_read(target, folder_);
}

// Where the precompiled one cannot be taken (it is not the first that is included, or is so for a second time), the compiler looks
// for the header itself in the same place.
bool Precompiled::write_header(const Language& language, const std::string& target) {
  const std::string path = target.substr(0, target.size() - std::string_view(".gch").size());
  return access(path.c_str(), R_OK) == 0 || write_file(path, "#include_next <" + language.precompiled + ">\n");
}

bool Precompiled::compile(const Language& language, const std::string& target, const RunProgram& run) const {
  Program program;
  for (const std::string& argument : language.precompile) {
    program.argv.push_back(replaced(replaced(argument, "{header}", "header.h"), "{output}", "header.gch"));
  }
  program.environment = kEnvironment;
  auto header = MemoryFile::make("#include <" + language.precompiled + ">\n");
  if (!header) return false;
  program.files.push_back({.name = "header.h", .bytes = std::move(*header)});
  program.limits = language.compile_limits;
  program.limits.file_bytes = kMostBytes;
  program.collect = {"header.gch"};
  program.collect_bytes = kMostBytes;
  const auto made = run(program);
  if (!made || made->ending != Ending::kExited || made->code != 0 || !made->files[0].refused.empty()) return false;
  std::error_code problem;
  fs::create_directories(fs::path(target).parent_path(), problem);
  return !problem && write_file(target, made->files[0].bytes);
}

}  // namespace otmetka::sandbox
