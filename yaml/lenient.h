// Reads YAML that was not written for us: problem packages hold anchors, tags and repeated keys.
//
// What reader.h refuses is taken here as PyYAML takes it: an alias is a copy of what its anchor names, `<<` adds the keys that a
// mapping does not have itself, a tag means nothing, of a repeated key the last holds, of several documents the first. Beyond
// that: a key that is no text is dropped with its value, and bytes that are not UTF-8 and control characters become U+FFFD.
#pragma once

#include <string>

#include "yaml/reader.h"

namespace otmetka::yaml {

// The limits hold for the tree with its aliases written out. `~`, `null` and nothing at all are empty values; so is the root of
// a text that holds nothing. `root` is absent, and there is one problem, where the text is no YAML (OT120) or past the limits
// (OT101, OT127). Ranges are those of the source as it is kept, with its U+FFFD; a copy has its original's. Never throws;
// any bytes are allowed. Thread-safe.
Document read_lenient(std::string text, const Limits& limits = {});

}  // namespace otmetka::yaml
