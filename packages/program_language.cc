#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "packages/program_files.h"
#include "packages/python_version.h"

namespace otmetka::packages {
namespace {

using sandbox::Language;
using sandbox::SourceFile;

// Of the format's table of languages, those that nobody is likely to add here under another ending.
constexpr auto kForeign = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{".adb", "ada"},        {".ads", "ada"},        {".awk", "awk"},      {".bash", "bash"},   {".sh", "bash"},     {".cob", "cobol"},
     {".cr", "crystal"},     {".cs", "csharp"},      {".d", "d"},          {".dart", "dart"},   {".ex", "elixir"},   {".erl", "erlang"},
     {".f90", "fortran"},    {".f95", "fortran"},    {".fs", "fsharp"},    {".go", "go"},       {".hs", "haskell"},  {".java", "java"},
     {".js", "javascript"},  {".mjs", "javascript"}, {".jl", "julia"},     {".kt", "kotlin"},   {".lisp", "lisp"},   {".cl", "lisp"},
     {".lua", "lua"},        {".nim", "nim"},        {".m", "objectivec"}, {".ml", "ocaml"},    {".pas", "pascal"},  {".pm", "perl"},
     {".php", "php"},        {".pl", "prolog"},      {".plg", "prolog"},   {".py2", "python2"}, {".r", "r"},         {".R", "r"},
     {".rb", "ruby"},        {".rkt", "racket"},     {".rs", "rust"},      {".scala", "scala"}, {".swift", "swift"}, {".ts", "typescript"},
     {".vb", "visualbasic"}, {".zig", "zig"}});

constexpr auto kOrder = std::to_array<std::string_view>({"cpp", "c", "java", "python3", "javascript", "pascal"});

bool ends_with_any(const std::string& name, const std::vector<std::string>& endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](const std::string& ending) { return name.size() > ending.size() && name.ends_with(ending); });
}

bool is_python2_file(const SourceFile& file) { return file.name.ends_with(".py") && is_python2(file.bytes); }

std::string_view foreign_language(const SourceFile& file) {
  if (is_python2_file(file)) return "python2";
  for (const auto& [ending, code] : kForeign) {
    if (file.name.size() > ending.size() && file.name.ends_with(ending)) return code;
  }
  return {};
}

std::size_t place_of(std::string_view id) { return static_cast<std::size_t>(std::find(kOrder.begin(), kOrder.end(), id) - kOrder.begin()); }

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'; }

// Comments and literals as spaces, as much as Java's are alike C's.
std::string code_only(std::string_view text) {
  std::string out(text);
  const auto blank = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < std::min(to, out.size()); ++i) out[i] = ' ';
    return std::min(to, out.size());
  };
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("//")) {
      i = blank(i, std::min(text.find('\n', i), text.size()));
    } else if (rest.starts_with("/*")) {
      const auto end = text.find("*/", i + 2);
      i = blank(i, end == std::string_view::npos ? text.size() : end + 2);
    } else if (rest[0] == '"' || rest[0] == '\'') {
      std::size_t end = i + 1;
      while (end < text.size() && text[end] != rest[0] && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
      i = blank(i, end + 1);
    } else {
      ++i;
    }
  }
  return out;
}

std::string small(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

// Whether the first word behind comments is `unit`.
bool is_unit(const SourceFile& file) {
  std::string_view text = sandbox::without_byte_order_mark(file.bytes);
  while (!text.empty()) {
    const std::string_view closes = text.starts_with("{") ? "}" : text.starts_with("(*") ? "*)" : text.starts_with("//") ? "\n" : "";
    if (closes.empty() && std::string_view(" \t\r\n").find(text.front()) == std::string_view::npos) break;
    const auto end = closes.empty() ? 0 : text.find(closes, 1);
    if (end == std::string_view::npos) return false;
    text.remove_prefix(end + std::max<std::size_t>(closes.size(), 1));
  }
  return small(std::string(text.substr(0, 4))) == "unit" && text.size() > 4 && !is_word(text[4]);
}

// The name of the outermost class in which `main` stands; empty: there is none, or it belongs to a package.
std::string class_with_main(const std::string& source) {
  const std::string code = code_only(source);
  std::string word, before, outermost;
  int depth = 0;
  for (std::size_t i = 0; i <= code.size(); ++i) {
    const char c = i < code.size() ? code[i] : ' ';
    if (is_word(c)) {
      word += c;
      continue;
    }
    if (!word.empty()) {
      if (word == "package" && depth == 0) return {};
      if (depth == 0 && (before == "class" || before == "enum" || before == "interface" || before == "record")) outermost = word;
      if (word == "main" && before == "void" && depth == 1) return outermost;
      before = std::exchange(word, {});
    }
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
  }
  return {};
}

}  // namespace

ProgramLanguage language_of(std::span<const SourceFile> files, Languages languages) {
  std::map<std::string, std::size_t, std::less<>> votes, foreign;
  for (const SourceFile& file : files) {
    const auto known =
        std::find_if(languages.begin(), languages.end(), [&](const Language& one) { return ends_with_any(file.name, one.endings); });
    if (known != languages.end() && !is_python2_file(file)) {
      ++votes[known->id];
    } else if (const auto code = foreign_language(file); !code.empty()) {
      ++foreign[std::string(code)];
    }
  }
  const auto fewer = [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second < b.second : place_of(a.first) > place_of(b.first);
  };
  const auto best = std::max_element(votes.begin(), votes.end(), fewer);
  const auto best_foreign = std::max_element(foreign.begin(), foreign.end(), fewer);
  if (best_foreign != foreign.end() && (best == votes.end() || best->second < best_foreign->second)) return {{}, best_foreign->first};
  return {best == votes.end() ? std::string() : best->first, {}};
}

std::string language_by_code(std::string_view code, Languages languages) {
  using Pair = std::pair<std::string_view, std::string_view>;
  constexpr auto kOther = std::to_array<Pair>({{"py3", "python3"},
                                               {"python", "python3"},
                                               {"pypy3", "python3"},
                                               {"js", "javascript"},
                                               {"pas", "pascal"},
                                               {"c++", "cpp"},
                                               {"cc", "cpp"}});
  for (const auto& [other, id] : kOther) {
    if (code == other) code = id;
  }
  const auto found = std::find_if(languages.begin(), languages.end(), [&](const Language& one) { return one.id == code; });
  return found == languages.end() ? std::string() : found->id;
}

std::string main_file(std::span<const SourceFile> files, const Language& language) {
  for (const std::string_view stem : {"main", "__main__"}) {
    for (const SourceFile& file : files) {
      if (small(file.name.substr(0, file.name.find('.'))) == stem && ends_with_any(file.name, language.endings)) return file.name;
    }
  }
  const auto is_source = [&](const SourceFile& file) { return ends_with_any(file.name, language.endings); };
  if (std::none_of(files.begin(), files.end(), [&](const SourceFile& file) { return is_source(file) && is_unit(file); })) return {};
  const auto whole = std::find_if(files.begin(), files.end(), [&](const SourceFile& file) { return is_source(file) && !is_unit(file); });
  return whole == files.end() ? std::string() : whole->name;
}

void name_after_class(std::vector<SourceFile>& files, const Language& language) {
  const auto names = [](const std::vector<std::string>& command) {
    return std::find(command.begin(), command.end(), "{name}") != command.end();
  };
  const bool by_name = names(language.compile) || names(language.run);
  const auto is_source = [&](const SourceFile& file) { return ends_with_any(file.name, language.endings); };
  if (!by_name || std::count_if(files.begin(), files.end(), is_source) != 1) return;
  SourceFile& source = *std::find_if(files.begin(), files.end(), is_source);
  const std::string name = class_with_main(source.bytes);
  if (!name.empty() && name.size() <= 80) source.name = name + language.endings.front();
}

void choose_main_file(checkers::program::SubmittedProgram& program, const Language& language, const checkers::program::Task& task) {
  std::vector<SourceFile>& files = program.files;
  std::vector<SourceFile> beside = task.for_all;
  if (const auto added = task.added.find(language.id); added != task.added.end()) {
    beside.insert(beside.end(), added->second.begin(), added->second.end());
  }
  if (program.entry.empty()) program.entry = main_file(beside, language);
  if (program.entry.empty() && files.size() + beside.size() > 1) program.entry = main_file(files, language);
  if (program.entry.empty()) name_after_class(files, language);
  std::stable_partition(files.begin(), files.end(), [&](const SourceFile& file) { return file.name == program.entry; });
}

}  // namespace otmetka::packages
