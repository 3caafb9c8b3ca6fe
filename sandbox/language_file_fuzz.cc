// Any bytes as the file of a language: no crash, no hang, and what is taken can be used.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "sandbox/language.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto language = otmetka::sandbox::read_language(std::string(data, data + size), "fuzz.yaml");
  if (!language) {
    require(language.failure().code() == "OT560" && !language.failure().retryable);
    return 0;
  }
  require(!language->id.empty() && !language->title.empty() && !language->endings.empty());
  require(!language->run.empty() || !language->executable.empty());
  require(language->time_factor >= 1 && language->time_factor <= 20);
  for (const int status : language->memory_exits) require(status > 0 && status <= 255);
  const auto& limits = language->compile_limits;
  require(limits.cpu.count() > 0 && limits.wall.count() > 0 && limits.memory_bytes > 0 && limits.processes > 0);
  require(language->runtime_processes <= 1'000);
  return 0;
}
