// The learner's side of a bridge in C++: what the calls of the learner's functions are made of.
#pragma once

#include "otmetka_values.hpp"

namespace otmetka {

using Handler = void (*)(Reader& arguments, Writer& reply);

// Of the item's functions, in their order.
extern const Handler kHandlers[];
extern const std::uint32_t kHandlerCount;

// Puts what is being caught into the reply.
void put_raised(Writer& reply);

inline void put_absent(Writer& reply) { reply.raw("\2", 1); }

template <class R, class F>
void put_result(Writer& reply, F&& call) {
  try {
    if constexpr (std::is_void_v<R>) {
      call();
      reply.raw("\0", 1);
    } else {
      const R value = call();
      reply.raw("\0", 1);
      put<R>(reply, value);
    }
  } catch (...) {
    put_raised(reply);
  }
}

}  // namespace otmetka
