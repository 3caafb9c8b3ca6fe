#include "tests/house/style.h"

#include <cctype>
#include <memory>
#include <vector>

#include <re2/re2.h>

#include "tests/house/cpp_text.h"

namespace otmetka::house {
namespace {

struct Banned {
  const char* pattern;  // its first group is what is reported
  const char* instead;
  enum { kEverywhere, kInSources, kInTests } where = kEverywhere;
  const char* home = nullptr;  // the one file that may
};

constexpr Banned kBanned[] = {
    {R"((\bsystem)\s*\()", "posix_spawn with an argument vector"},
    {R"((\bpopen)\s*\()", "posix_spawn with an argument vector"},
    {R"((\bv?sprintf)\s*\()", "std::to_chars, std::to_string or std::snprintf"},
    {R"((\bstr(?:n?cpy|n?cat|tok))\s*\()", "std::string and std::string_view"},
    {R"((\bgets)\s*\()", "std::getline"},
    {R"((\bato(?:i|l|ll|f))\s*\()", "std::from_chars, which says when it fails"},
    {R"((\bstd::sto(?:i|l|ll|ul|ull|f|d|ld))\s*\()", "std::from_chars, which does not throw", Banned::kInSources},
    {R"((\bstd::w?regex)\b)", "RE2, linear in its input (checkers/regex)", Banned::kInSources, "bench/regex_peers.cc"},
    {R"((\bs?rand)\s*\()", "std::mt19937_64 with a seed that is printed"},
    {R"((\b(?:gmtime|localtime|ctime|asctime))\s*\()", "model/time.h"},
    {R"((\btmpnam|\btempnam|\bmktemp)\s*\()", "mkdtemp or mkstemp"},
    {R"((\bsleep_for|\bsleep_until|\busleep|\bnanosleep|\bsleep)\s*\()",
     "waiting for the thing itself, or holds_soon() where it is another process's",
     Banned::kInTests, "tests/e2e/program.cc"},
    {R"((\bthrow)\b)", "Result<T> (model/result.h)"},
    {R"((\bconst_cast)\s*<)", "a const that is true"},
    {R"((\busing namespace std)\s*;)", "std::"},
    {R"((\bstd::endl)\b)", "'\\n'"},
};

const re2::RE2& compiled(const Banned& banned) {
  static std::vector<std::unique_ptr<re2::RE2>> all = [] {
    std::vector<std::unique_ptr<re2::RE2>> out;
    for (const Banned& one : kBanned) out.push_back(std::make_unique<re2::RE2>(one.pattern));
    return out;
  }();
  return *all[static_cast<std::size_t>(&banned - kBanned)];
}

// Reports each match of a pattern's first group.
void report_matches(const re2::RE2& pattern, std::string_view text, const std::string& path, const std::string& after, Findings& out) {
  re2::StringPiece rest(text.data(), text.size());
  for (re2::StringPiece word; re2::RE2::FindAndConsume(&rest, pattern, &word);) {
    const auto at = static_cast<std::size_t>(word.data() - text.data());
    out.push_back({path, line_of(text, at), std::string(word) + after});
  }
}

bool mentions(const SourceFile& listing, const std::string& path) {
  std::size_t at = listing.text.find(path);
  while (at != std::string::npos) {
    const auto joins = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '/' || c == '.'; };
    const bool begins = at == 0 || !joins(listing.text[at - 1]);
    const bool ends = at + path.size() >= listing.text.size() || !joins(listing.text[at + path.size()]);
    if (begins && ends) return true;
    at = listing.text.find(path, at + 1);
  }
  return false;
}

}  // namespace

Findings check_banned_calls(const SourceFile& file) {
  Findings out;
  const std::string code = code_only(file.text);
  for (const Banned& banned : kBanned) {
    if (banned.where == (file.is_test() ? Banned::kInSources : Banned::kInTests)) continue;
    if (banned.home != nullptr && file.path == banned.home) continue;
    report_matches(compiled(banned), code, file.path, " is not used here; use " + std::string(banned.instead), out);
  }
  return out;
}

Findings check_markers(const SourceFile& file) {
  // Put together here, so that this file passes its own check.
  static const re2::RE2 kMarker(std::string(R"((\bTO)") + R"(DO\b|\bFIX)" + R"(ME\b|\bXX)" + R"(X\b|\bHA)" + R"(CK\b|\bWI)" + R"(P\b))");
  static const re2::RE2 kMachine(std::string(R"((/wo)") + R"(rk/|/ho)" + R"(me/[a-z]|/tmp/br)" + R"(ief))");
  Findings out;
  report_matches(kMarker, file.text, file.path, " is a leftover: finish it, or say in words what is missing and why", out);
  report_matches(kMachine, file.text, file.path, " is a path of one machine", out);
  return out;
}

Findings check_header(const SourceFile& file) {
  Findings out;
  if (!file.text.starts_with("//")) out.push_back({file.path, 1, "does not begin with a comment that says what it is"});
  if (code_only(file.text).find("#pragma once") == std::string::npos) out.push_back({file.path, 1, "has no #pragma once"});
  return out;
}

Findings check_listed(const SourceFile& file, const SourceTree& tree) {
  const std::string folder = file.folder();
  for (const SourceFile& listing : tree.files()) {
    const bool build_file = listing.name() == "CMakeLists.txt" || listing.ends_with(".cmake");
    if (!build_file) continue;
    if (listing.text.find(file.path) != std::string::npos) return {};
    if (listing.folder() == folder && (mentions(listing, file.name()) || mentions(listing, file.path))) return {};
    // A small folder may be listed by the one above it.
    const std::string above = listing.folder();
    if (!above.empty() && folder.starts_with(above + "/") && mentions(listing, file.path.substr(above.size() + 1))) return {};
  }
  return {{file.path, 0, "is in no list of " + (folder.empty() ? std::string() : folder + "/") + "CMakeLists.txt: nothing builds it"}};
}

}  // namespace otmetka::house
