#include <algorithm>
#include <charconv>

#include "checkers/unit_tests/signature_reader.h"
#include "checkers/unit_tests/signatures.h"

namespace otmetka::checkers::unit_tests {
namespace {

using Fault = BadSignature::Fault;

constexpr int kMostDepth = 8;
constexpr unsigned kMostArray = 1'000'000;

// In the words that a basic type is written with.
constexpr std::string_view kBasicWords[] = {"bool", "char", "short", "int", "long", "float", "double", "signed", "unsigned"};
constexpr std::string_view kBasic[] = {"bool", "char", "signed char", "unsigned char", "short", "short int", "unsigned short",
                                       "unsigned short int", "int", "signed", "signed int", "unsigned", "unsigned int", "long", "long int",
                                       "unsigned long", "unsigned long int", "long long", "long long int", "unsigned long long",
                                       "unsigned long long int", "float", "double"};
constexpr std::string_view kSized[] = {"size_t", "int8_t", "int16_t", "int32_t", "int64_t", "uint8_t", "uint16_t", "uint32_t", "uint64_t"};

struct TemplateRow {
  std::string_view name;
  std::string_view header;
  int types;  // 0: one or more
  bool hashed;
};
constexpr TemplateRow kTemplates[] = {{"vector", "vector", 1, false},       {"deque", "deque", 1, false},
                                      {"list", "list", 1, false},           {"array", "array", 1, false},
                                      {"optional", "optional", 1, false},   {"pair", "utility", 2, false},
                                      {"tuple", "tuple", 0, false},         {"set", "set", 1, false},
                                      {"map", "map", 2, false},             {"unordered_set", "unordered_set", 1, true},
                                      {"unordered_map", "unordered_map", 2, true}};

template <class Rows>
bool has(const Rows& rows, std::string_view word) {
  return std::find(std::begin(rows), std::end(rows), word) != std::end(rows);
}

class CppSignature : SignatureReader {
 public:
  explicit CppSignature(std::string_view text) : SignatureReader(text) {}

  ReadSignature read() {
    Function out;
    if (word().empty() || word() == "static" || word(1) == "(") refuse(Fault::kForm);
    if (take("void")) {
      out.result.text = "void";
    } else {
      out.result = type(0);
    }
    out.name = name();
    while (take(":")) {
      need(":");
      out.scope += (out.scope.empty() ? "" : "::") + out.name;
      out.name = name();
    }
    need("(");
    if (!take(")")) {
      parameter(out);
      while (take(",")) parameter(out);
      need(")");
    }
    if (!word().empty() || out.scope == "std" || out.scope.starts_with("std::")) refuse(Fault::kForm);
    if (bad()) return *bad();
    return out;
  }

 private:
  void parameter(Function& function) {
    Parameter out;
    const bool is_const = take("const");
    const std::size_t from = place();
    out.type = type(0);
    if (word() == "*" || word() == "[" || word() == "const") {
      skip();
      refuse_from(Fault::kType, from);
    }
    if (take("&")) {
      out.is_changed = !is_const;
      out.is_const_reference = is_const;
    }
    if (word() == "&") refuse(Fault::kType);
    if (word() != "," && word() != ")") name();
    if (word() == "[") refuse(Fault::kType);
    function.parameters.push_back(std::move(out));
    if (function.parameters.size() > kMostParameters) refuse(Fault::kForm);
  }

  PlainType type(int depth) {
    const std::size_t from = place();
    if (depth > kMostDepth) refuse(Fault::kType);
    if (has(kBasicWords, word())) return basic(from);
    if (has(kSized, word())) return sized();
    if (word() == "std" && word(1) == ":" && word(2) == ":") {
      for (int i = 0; i < 3; ++i) skip();
      if (has(kSized, word())) return sized();
      if (take("string")) return {"std::string", {}, {"string"}};
      const auto is_it = [&](const TemplateRow& one) { return one.name == word(); };
      const auto* row = std::find_if(std::begin(kTemplates), std::end(kTemplates), is_it);
      if (row != std::end(kTemplates)) return of_template(*row, depth);
    }
    skip();
    refuse_from(Fault::kType, from);
    return {};
  }

  PlainType basic(std::size_t from) {
    std::string text;
    while (has(kBasicWords, word())) {
      text += (text.empty() ? "" : " ") + std::string(word());
      skip();
    }
    if (!has(kBasic, text)) refuse_from(Fault::kType, from);
    return {std::move(text), {}, {}};
  }

  PlainType sized() {
    PlainType out{"std::" + std::string(word()), {}, {word() == "size_t" ? "cstddef" : "cstdint"}};
    skip();
    return out;
  }

  PlainType of_template(const TemplateRow& row, int depth) {
    PlainType out{"std::" + std::string(row.name) + "<", {}, {std::string(row.header)}};
    skip();
    need("<");
    for (int i = 0; i == 0 || (row.types == 0 ? word() == "," : i < row.types); ++i) {
      if (i > 0) need(",");
      const std::size_t from = place();
      PlainType part = type(depth + 1);
      if (row.hashed && i == 0 && part.text.ends_with(">")) refuse_from(Fault::kType, from);
      if (!row.hashed && is_key(row, i) && part.text.find("unordered_") != std::string::npos) refuse_from(Fault::kType, from);
      out.text += (i > 0 ? ", " : "") + part.text;
      out.headers.insert(out.headers.end(), part.headers.begin(), part.headers.end());
    }
    if (row.name == "array") array_size(out);
    need(">");
    out.text += ">";
    return out;
  }

  static bool is_key(const TemplateRow& row, int i) { return (row.name == "set" || row.name == "map") && i == 0; }

  void array_size(PlainType& out) {
    need(",");
    unsigned size = 0;
    const std::string digits(word());
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
    if (problem != std::errc{} || end != digits.data() + digits.size() || size == 0 || size > kMostArray) refuse(Fault::kType);
    skip();
    out.text += ", " + digits;
  }
};

}  // namespace

std::string signature_of(const Function& function) {
  const bool is_java = !function.result.code.empty();
  std::string out = function.result.text + " ";
  if (!function.scope.empty()) out += function.scope + (is_java ? "." : "::");
  out += function.name + "(";
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    const Parameter& one = function.parameters[i];
    out += std::string(i > 0 ? ", " : "") + (one.is_const_reference ? "const " : "") + one.type.text;
    out += one.is_const_reference || one.is_changed ? "&" : "";
  }
  return out + ")";
}

ReadSignature read_cpp_signature(std::string_view text) { return CppSignature(text).read(); }

}  // namespace otmetka::checkers::unit_tests
