// What the schema's options demand of a message once it is read, whatever it was read from.
#pragma once

#include <filesystem>

#include <google/protobuf/message.h>

#include "spec/kind_table.h"
#include "spec/location_map.h"
#include "spec/reporter.h"

namespace otmetka::spec {

// Reports required fields that are missing, formats (ids, locales, shares, file paths), bounds of numbers and lists, equal
// keys in a keyed list, an item without a kind or with one that `kinds` does not know. Goes into the settings of kinds.
// A field whose value the reader has already refused is not reported again. An empty `folder` leaves files unlooked at.
void check_constraints(const google::protobuf::Message& message, KindTable kinds, const LocationMap& locations,
                       const std::filesystem::path& folder, Reporter& reporter);

}  // namespace otmetka::spec
