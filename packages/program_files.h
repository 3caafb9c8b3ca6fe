// Programs of a package: which language they are in, which of their files is run, what is put beside them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checkers/program/judging.h"
#include "checkers/program/task.h"
#include "packages/package_files.h"
#include "packages/yaml_value.h"
#include "sandbox/language.h"

namespace otmetka::packages {

using Languages = std::span<const sandbox::Language>;

inline constexpr std::size_t kMostProgramFiles = 200;
inline constexpr std::size_t kMostProgramBytes = 32u << 20;

// The id of the language that most of the files are in, by their endings; of two with as many the one that comes first in the
// format's order (C++, C, Java, Python …). Empty: none of these, and `foreign` names it where the format knows it ("kotlin",
// "python2" by its first line or its text).
struct ProgramLanguage {
  std::string id;
  std::string foreign;
};
ProgramLanguage language_of(std::span<const sandbox::SourceFile> files, Languages languages);

// By a code of the format or of DOMjudge ("py3", "js"). Empty: none of these.
std::string language_by_code(std::string_view code, Languages languages);

// The file of a program of several that the format runs: `main.*` in any case, else `__main__.*`; where some are units of Pascal,
// the one that is none. Empty: there is no such file.
std::string main_file(std::span<const sandbox::SourceFile> files, const sandbox::Language& language);

// Java asks that a file is called after its class, where packages call theirs as they like. Renames a program's only source to
// the class that has main(), for languages that are run by name.
void name_after_class(std::vector<sandbox::SourceFile>& files, const sandbox::Language& language);

// What of a submission is run: its `entry` where it has one, else main_file() of what the task puts beside it (a driver), else that of
// its own, of several; it is put first. Where there is none, files are named after their class.
void choose_main_file(checkers::program::SubmittedProgram& program, const sandbox::Language& language,
                      const checkers::program::Task& task);

// The files directly in a folder, or the one file; names that no sandbox takes are mended. OT571–OT573; folders in it are left
// out, of which OT585 warns.
Result<std::vector<sandbox::SourceFile>> read_program(const PackageFiles& files, const std::string& path, const Constants& constants,
                                                      std::vector<Message>& warnings);

// The first program in one of these folders, where there is any: a file with the headers beside it, or a folder. OT571–OT573;
// OT576: output_validators/ holds several;
// OT577: it is in no known language; OT557: there is no program; OT581 and OT585 warn of what is not used. One with a script `build`
// or `run` is of the language sandbox::scripts(), whatever its sources are.
Result<std::optional<checkers::program::Judge>> read_judge(const PackageFiles& files, std::span<const std::string> folders,
                                                           Languages languages, const Constants& constants, std::vector<Message>& warnings);

// include/LANGUAGE/ and include/default/, into the task. `incomplete` takes the languages, or "default", of which something had
// to be left out.
Status read_includes(const PackageFiles& files, Languages languages, const Constants& constants, checkers::program::Task& task,
                     std::vector<std::string>& incomplete, std::vector<Message>& warnings);

}  // namespace otmetka::packages
