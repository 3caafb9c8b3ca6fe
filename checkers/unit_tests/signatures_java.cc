#include <algorithm>

#include "checkers/unit_tests/signature_reader.h"
#include "checkers/unit_tests/signatures.h"

namespace otmetka::checkers::unit_tests {
namespace {

using Fault = BadSignature::Fault;

constexpr int kMostDepth = 8;

struct TypeRow {
  std::string_view name;
  std::string_view code;  // as OtmetkaValues.java reads it
  int types = 0;          // in angle brackets
  bool is_primitive = false;
};
constexpr TypeRow kTypes[] = {
    {"boolean", "Z", 0, true}, {"byte", "B", 0, true},   {"char", "C", 0, true},   {"short", "S", 0, true}, {"int", "I", 0, true},
    {"long", "J", 0, true},    {"float", "F", 0, true},  {"double", "D", 0, true}, {"Boolean", "z"},        {"Byte", "b"},
    {"Character", "c"},        {"Short", "s"},           {"Integer", "i"},         {"Long", "j"},           {"Float", "f"},
    {"Double", "d"},           {"String", "t"},          {"List", "l", 1},         {"Set", "u", 1},         {"Map", "m", 2}};

class JavaSignature : SignatureReader {
 public:
  explicit JavaSignature(std::string_view text) : SignatureReader(text) {}

  ReadSignature read() {
    Function out;
    need("static");
    if (take("void")) {
      out.result = {"void", "V", {}};
    } else {
      out.result = type(0);
    }
    out.scope = name();
    need(".");
    out.name = name();
    need("(");
    if (!take(")")) {
      parameter(out);
      while (take(",")) parameter(out);
      need(")");
    }
    if (!word().empty()) refuse(Fault::kForm);
    if (bad()) return *bad();
    return out;
  }

 private:
  void parameter(Function& function) {
    take("final");
    Parameter out;
    out.type = type(0);
    if (word() == ".") refuse(Fault::kType);
    if (word() != "," && word() != ")") name();
    if (word() == "[") refuse(Fault::kType);
    function.parameters.push_back(std::move(out));
    if (function.parameters.size() > kMostParameters) refuse(Fault::kForm);
  }

  PlainType type(int depth, bool in_brackets = false) {
    const std::size_t from = place();
    const auto row = std::find_if(std::begin(kTypes), std::end(kTypes), [&](const TypeRow& one) { return one.name == word(); });
    skip();
    if (row == std::end(kTypes) || depth > kMostDepth) {
      refuse_from(Fault::kType, from);
      return {};
    }
    PlainType out{std::string(row->name), std::string(row->code), {}};
    if (row->types > 0) in_angle_brackets(*row, depth, out);
    bool is_array = false;
    for (; word() == "["; is_array = true) {
      skip();
      need("]");
      out.text += "[]";
      out.code.insert(0, "[");
    }
    const bool of_generics = is_array && row->types > 0;  // Java itself cannot make one
    if (of_generics || out.code.size() > 60 || (in_brackets && row->is_primitive && !is_array)) refuse_from(Fault::kType, from);
    return out;
  }

  void in_angle_brackets(const TypeRow& row, int depth, PlainType& out) {
    need("<");
    out.text += "<";
    for (int i = 0; i < row.types; ++i) {
      if (i > 0) need(",");
      const PlainType part = type(depth + 1, true);
      out.text += (i > 0 ? ", " : "") + part.text;
      out.code += part.code;
    }
    need(">");
    out.text += ">";
  }
};

}  // namespace

ReadSignature read_java_signature(std::string_view text) { return JavaSignature(text).read(); }

}  // namespace otmetka::checkers::unit_tests
