// The project's .proto files with their comments, as protoc wrote them.
#pragma once

#include <string_view>

namespace otmetka::proto {

// A serialized google.protobuf.FileDescriptorSet, imports and source info included. Lives as long as the program.
std::string_view descriptor_set();

}  // namespace otmetka::proto
