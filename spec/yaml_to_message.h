// The YAML form of a message → the message, by the schema: a walk along the descriptor and its options.
#pragma once

#include <google/protobuf/message.h>

#include "spec/kind_table.h"
#include "spec/location_map.h"
#include "spec/reporter.h"
#include "yaml/node.h"

namespace otmetka::spec {

// Fills `out` with what `root` says and `locations` with where it says it; every value that does not fit is reported and
// left out, and the walk goes on. Reported here: unknown keys, wrong shapes, scalars that their field's type does not
// take, a second kind in one item. Whether what was read makes sense is constraints.h. `root` belongs to the document of
// `locations`.
void yaml_to_message(const yaml::Node& root, KindTable kinds, google::protobuf::Message& out, LocationMap& locations,
                     Reporter& reporter);

}  // namespace otmetka::spec
