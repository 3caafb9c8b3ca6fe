// The one workshop that the tests of `code` run their programs in.
#pragma once

#include <memory>
#include <utility>

#include "sandbox/workshop.h"

namespace otmetka::checkers::code {

inline sandbox::Workshop& workshop() {
  static const std::unique_ptr<sandbox::Workshop> kWorkshop = [] {
    auto opened = sandbox::Workshop::open({.sandbox = {.slots = 2}, .languages = {}, .cache = {}, .allow_weak = true});
    return opened ? std::move(*opened) : nullptr;
  }();
  return *kWorkshop;
}

}  // namespace otmetka::checkers::code
