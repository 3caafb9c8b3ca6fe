// The .textproto form of a message, for programs that write specs.
#pragma once

#include <google/protobuf/message.h>

#include "spec/kind_table.h"
#include "spec/location_map.h"
#include "spec/reporter.h"
#include "yaml/source.h"

namespace otmetka::spec {

// Parses `source` into `out` and records where each field stands. protobuf's parser stops at its first mistake: an unknown
// field is OT107 with the nearest known one, a kind that `kinds` does not know OT134, everything else OT128 with protobuf's
// own words. Recursion is limited to 32. Returns whether the text was parsed. A kind is written as
// `kind { [type.googleapis.com/otmetka.v1.TextSettings] { … } }`.
bool textproto_to_message(const yaml::Source& source, KindTable kinds, google::protobuf::Message& out, LocationMap& locations,
                          Reporter& reporter);

}  // namespace otmetka::spec
