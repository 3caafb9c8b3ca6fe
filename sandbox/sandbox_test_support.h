// A sandbox of two slots for the tests of one process, and programs to run in it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "sandbox/sandbox.h"
#include "tests/support/time_factor.h"

namespace otmetka::sandbox {

inline Sandbox& box() {
  static const auto opened = [] {
    auto made = Sandbox::open({.slots = 2});
    if (!made) {
      ADD_FAILURE() << made.failure().code() << " " << std::get<std::string>(made.failure().message.args.at(0));
      std::abort();
    }
    return std::move(*made);
  }();
  return *opened;
}

inline Program shell(const std::string& script) {
  Program program;
  program.argv = {"/bin/sh", "-c", script};
  program.environment = {"PATH=/usr/bin:/bin"};
  program.limits.processes = 16;
  program.limits.cpu *= time_factor();
  program.limits.wall *= time_factor();
  return program;
}

inline RunResult run(const Program& program) {
  auto result = box().run(program);
  EXPECT_TRUE(result.ok()) << (result.ok() ? ""
                                           : result.failure().code() + " " + std::get<std::string>(result.failure().message.args.at(0)));
  return result.ok() ? *result : RunResult{};
}

inline std::shared_ptr<const MemoryFile> bytes(std::string_view text) { return *MemoryFile::make(text); }

}  // namespace otmetka::sandbox
