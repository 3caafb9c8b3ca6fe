// The JSON Schema of a result line, from the descriptor of otmetka.v1.ScoredResult.
#pragma once

#include <string>

namespace otmetka::cli {

// Draft 2020-12; protobuf's JSON mapping with the field names as in the .proto, nothing omitted.
std::string result_schema();

}  // namespace otmetka::cli
