// `file:` and `dir:` in a spec: a path that stays beneath the spec's folder.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "model/message.h"

namespace otmetka::spec {

// "file:tests/a.in" → "tests/a.in"; nullopt when `text` has neither prefix.
std::optional<std::string_view> referenced_path(std::string_view text);

// Why `path` may not be used: OT168 it is absolute, has a `..`, a backslash, a drive or is empty or longer than 255 bytes;
// OT169 nothing is there; OT168 too: a symbolic link leads out of `folder`. With an empty `folder` only the text is looked at.
// Touches the file system; nullopt: the path was fine at this moment, so readers still open it without following links.
std::optional<Message> refuse_path(std::string_view path, const std::filesystem::path& folder);

}  // namespace otmetka::spec
