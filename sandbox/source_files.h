// Files of a program as people save them: which are sources, which of them is run.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/language.h"

namespace otmetka::sandbox {

struct SourceFile {
  std::string name;  // no slash
  std::string bytes;
};

// Whether `name` is one of `endings` with something before it.
bool has_ending(std::string_view name, std::span<const std::string> endings);

// Whether the language compiles or runs the file. One whose name begins with `@` compilers would take for a list of options.
bool is_source(const Language& language, const SourceFile& file);

// What the language's own rule runs of several: the file that the language names, else the first that says `main`. Null: there is
// none, and any may be meant.
const SourceFile* entry_of(const Language& language, std::span<const SourceFile* const> sources);

// "A.PAS" becomes "A.pas", where its ending is that of no language but for its case ("A.C" is C++'s own, and stays) and no other
// file has that name.
void use_usual_endings(std::vector<SourceFile>& files, std::span<const Language> languages);

// Editors on Windows begin a file with a byte order mark of UTF-8, which not all compilers take.
std::string_view without_byte_order_mark(std::string_view text);

}  // namespace otmetka::sandbox
