// A result that is too large for its topic, made smaller.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace otmetka::queue::kafka {

// The bytes of the same result without what explains it, as much of that as must go: traces first, then the tests of a
// program, the feedback, the notices. Scores, statuses and rules stay, and with them the content's hash. May still be larger
// than `most_bytes`, where there are so many parts; bytes that are no result stay as they are. Any thread.
std::string shorten_result(std::string_view payload, std::size_t most_bytes);

// The same result in protobuf's JSON form, traces included, made smaller as above until it fits. Empty where it is no result, or
// does not fit whatever goes: it then stays as it is.
std::string result_as_json(std::string_view payload, std::size_t most_bytes);

}  // namespace otmetka::queue::kafka
