// The files of sandbox/languages/ inside the program: name and text.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace otmetka::sandbox {

const std::vector<std::pair<std::string_view, std::string_view>>& language_files();

}  // namespace otmetka::sandbox
