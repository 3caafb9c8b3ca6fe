// Any bytes as the configuration file: no crash; every known setting has a value that fits, or an error says what is wrong.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "checkers/catalog.h"
#include "cli/config.h"

using namespace otmetka;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int fd = ::memfd_create("config", 0);
  if (fd < 0 || ::write(fd, data, size) != static_cast<ssize_t>(size)) std::abort();
  const auto config = cli::read_config("/proc/self/fd/" + std::to_string(fd), {});
  ::close(fd);
  if (!config) {
    const messages::Entry* entry = checkers::message_catalogue().find(config.failure().message.id);
    if (entry == nullptr || entry->severity != messages::Severity::kError) std::abort();
    return 0;
  }
  if (config->get_int("workers") < 0 || config->get_int("retry_tries") > 100) std::abort();
  if (const auto folder = cli::queue_place(*config); folder && folder->where.empty()) std::abort();
  if (const auto place = cli::gradebook_place(*config); place && place->where.empty()) std::abort();
  return 0;
}
