// The kinds of items there are. A new kind is one folder and one row here.
#pragma once

#include <span>
#include <string_view>

#include "checkers/checker.h"
#include "messages/catalogue.h"

namespace otmetka::checkers {

// All kinds, in the order the reference page shows them.
std::span<const CheckerType> catalog();

// By the spec's key ("text") or by the settings' full message name ("otmetka.v1.TextSettings"); null when unknown.
const CheckerType* find_type(std::string_view name);
const CheckerType* find_type(const google::protobuf::Descriptor& settings);

// The program's whole message catalogue: messages/ and every kind's own.
const messages::Catalogue& message_catalogue();

}  // namespace otmetka::checkers
