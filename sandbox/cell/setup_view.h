// The Setup in its memfd, mapped.
#pragma once

#include <linux/filter.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cstring>

#include "sandbox/cell/protocol.h"

namespace otmetka::sandbox::cell {

class SetupView {
 public:
  bool map(int fd) {
    struct stat info {};
    if (fstat(fd, &info) != 0) return false;
    void* at = mmap(nullptr, static_cast<std::size_t>(info.st_size), PROT_READ, MAP_PRIVATE, fd, 0);
    if (at == MAP_FAILED) return false;
    base_ = static_cast<char*>(at);
    return true;
  }

  const Setup& operator*() const { return *reinterpret_cast<const Setup*>(base_); }
  const Setup* operator->() const { return &**this; }

  sock_filter* filter() const {
    return reinterpret_cast<sock_filter*>(base_ + sizeof(Setup));
  }
  // Calls each(from, to) for each bind.
  template <class Each>
  bool for_each_bind(Each each) const {
    return walk(0, (*this)->binds, 2, [&](const char* from) { return each(from, from + std::strlen(from) + 1); });
  }
  template <class Each>
  bool for_each_removal(Each each) const { return walk(2 * (*this)->binds, (*this)->removals, 1, each); }

 private:
  template <class Each>
  bool walk(std::uint32_t skip, std::uint32_t count, std::uint32_t step, Each each) const {
    const char* text = base_ + sizeof(Setup) + (*this)->filter_length * sizeof(sock_filter);
    for (std::uint32_t i = 0; i < skip + count * step; ++i, text += std::strlen(text) + 1) {
      if (i >= skip && (i - skip) % step == 0 && !each(text)) return false;
    }
    return true;
  }
  char* base_ = nullptr;
};

}  // namespace otmetka::sandbox::cell
