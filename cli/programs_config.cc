#include "cli/programs_config.h"

#include <unistd.h>

#include <cstdlib>

namespace otmetka::cli {
namespace {

std::string cache_folder(const std::string& asked) {
  if (!asked.empty()) return asked;
  if (geteuid() == 0) return "/var/cache/otmetka";  // root's home is closed to programs, and a program can see this path
  if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && *cache == '/') return std::string(cache) + "/otmetka";
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') return std::string(home) + "/.cache/otmetka";
  return {};
}

}  // namespace

sandbox::WorkshopOptions workshop_options(const Config& config) {
  sandbox::WorkshopOptions out;
  out.sandbox.slots = static_cast<unsigned>(config.get_int("slots"));
  out.languages = config.get("languages");
  out.cache = cache_folder(config.get("cache"));
  out.allow_weak = config.get_int("allow_weak_sandbox") != 0;
  return out;
}

Result<sandbox::WorkshopOptions> workshop_options() {
  const auto config = read_config({}, {});
  if (!config) return config.failure();
  return workshop_options(*config);
}

}  // namespace otmetka::cli
