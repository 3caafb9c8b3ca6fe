#include "sandbox/toolchain.h"

#include <sys/stat.h>

namespace otmetka::sandbox {

std::string toolchain_mark(const Language& language) {
  std::string out;
  for (const std::string& program : language.needs) {
    struct stat info {};
    out += out.empty() ? "" : "-";
    out += stat(program.c_str(), &info) == 0 ? std::to_string(info.st_size) + "-" + std::to_string(info.st_mtim.tv_sec) : "none";
  }
  return out;
}

}  // namespace otmetka::sandbox
