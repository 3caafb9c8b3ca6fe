// Functions of the learner's as a teacher declares them for a bridge: `functions: ["int add(int a, int b)"]`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace otmetka::checkers::unit_tests {

struct PlainType {
  std::string text;                  // as it is written in generated source: "std::vector<int>", "int[]"; "void" of a result
  std::string code;                  // Java: as OtmetkaValues reads it
  std::vector<std::string> headers;  // C++: of the library, without brackets
};

struct Parameter {
  PlainType type;
  bool is_changed = false;  // C++: T&, whose value comes back
  bool is_const_reference = false;
};

struct Function {
  std::string scope;  // "geometry::flat"; Java: the class; empty: none
  std::string name;
  PlainType result;
  std::vector<Parameter> parameters;
};

// "int geo::area(int, const std::string&)": one of each function.
std::string signature_of(const Function& function);

struct BadSignature {
  enum class Fault { kForm, kType };
  Fault fault = Fault::kForm;
  std::size_t offset = 0;  // in the entry, bytes
  std::size_t length = 0;
  std::string word;  // what stands there
};

inline constexpr std::size_t kMostParameters = 16;

// Any text at all may be given; each takes time linear in it.
using ReadSignature = std::variant<Function, BadSignature>;
// "TYPE NAME(TYPE NAME, const TYPE& NAME, TYPE& NAME)"; NAME of a namespace's function with it: "geo::area".
ReadSignature read_cpp_signature(std::string_view text);
// "static TYPE CLASS.NAME(TYPE NAME, TYPE NAME)".
ReadSignature read_java_signature(std::string_view text);

}  // namespace otmetka::checkers::unit_tests
