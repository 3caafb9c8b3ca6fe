// The border to libraries that throw (and to memory that runs out): past it there are only Errors.
#pragma once

#include <exception>
#include <string>
#include <utility>

#include "model/result.h"

namespace otmetka::engine {

// Runs `body`, which gives a Status. OT590 with what was thrown, instead of an exception.
template <class Body>
Status without_throwing(Body&& body) {
  try {
    return std::forward<Body>(body)();
  } catch (const std::exception& thrown) {
    return error("OT590", {std::string(thrown.what())});
  } catch (...) {
    return error("OT590", {std::string("?")});
  }
}

}  // namespace otmetka::engine
