// Bytes in memory that a program can read by descriptor and nobody can change.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "model/result.h"
#include "sandbox/descriptor.h"

namespace otmetka::sandbox {

// A sealed memfd: immutable, without a path, shared by any number of runs and threads.
class MemoryFile {
 public:
  static Result<std::shared_ptr<const MemoryFile>> make(std::string_view bytes);        // OT542: no memory or descriptors
  static Result<std::shared_ptr<const MemoryFile>> read(int fd, std::uint64_t most);     // a regular file's bytes; OT542
  // The same of a pipe or device too, to its end; OT362 with `name` when it cannot be read or is longer than `most`.
  static Result<std::shared_ptr<const MemoryFile>> drain(int fd, std::uint64_t most, const std::string& name);

  static Result<std::shared_ptr<const MemoryFile>> open(const std::string& path, std::uint64_t most);  // OT362: it cannot be read

  // The bytes as a string; nullopt: the kernel refused the read.
  std::optional<std::string> text() const;

  int descriptor() const { return file_.get(); }  // read it with pread: runs share its offset when they share it
  std::uint64_t size() const { return size_; }

  // A descriptor of its own on the same bytes, read-only and at the beginning; what an earlier reader has left of itself in
  // the file's times is wiped out.
  Result<Descriptor> reopen() const;
  // The same bytes in a file of their own: where programs have our id, they could change the mode of a shared one.
  Result<std::shared_ptr<const MemoryFile>> copy() const { return read(file_.get(), size_); }

 private:
  MemoryFile(Descriptor file, std::uint64_t size) : file_(std::move(file)), size_(size) {}
  static Result<std::shared_ptr<const MemoryFile>> seal(Descriptor file, std::uint64_t size);
  Descriptor file_;
  std::uint64_t size_;
};

}  // namespace otmetka::sandbox
