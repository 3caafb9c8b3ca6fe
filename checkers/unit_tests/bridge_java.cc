#include <map>

#include "checkers/unit_tests/bridge_sources.h"
#include "checkers/unit_tests/harness.h"

namespace otmetka::checkers::unit_tests {
namespace {

using sandbox::SourceFile;

// Both sides know a function by its place here: class, name, and the types of the result and the parameters.
SourceFile table(const std::vector<Function>& functions) {
  std::string out = "final class OtmetkaFunctions {\n  static final String[][] ALL = {\n";
  for (const Function& function : functions) {
    out += "    {\"" + function.scope + "\", \"" + function.name + "\", \"" + function.result.code + "\"";
    for (const Parameter& parameter : function.parameters) out += ", \"" + parameter.type.code + "\"";
    out += "},\n";
  }
  return {"OtmetkaFunctions.java", out + "  };\n}\n"};
}

std::string boxed(const PlainType& type) {
  static const std::map<std::string, std::string> kBoxes = {{"boolean", "Boolean"}, {"byte", "Byte"}, {"char", "Character"},
                                                            {"short", "Short"},     {"int", "Integer"}, {"long", "Long"},
                                                            {"float", "Float"},     {"double", "Double"}};
  const auto box = kBoxes.find(type.text);
  return box == kBoxes.end() ? type.text : box->second;
}

// A method that stands in for the learner's.
std::string stand_in(const Function& function, std::size_t index) {
  std::string parameters, arguments;
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    const std::string name = "otmetka" + std::to_string(i), comma = i > 0 ? ", " : "";
    parameters += comma + function.parameters[i].type.text + " " + name;
    arguments += comma + name;
  }
  const bool is_void = function.result.code == "V";
  const std::string head = "  public static " + function.result.text + " " + function.name + "(" + parameters + ") {\n    ";
  return "  @SuppressWarnings(\"unchecked\")\n" + head +
         (is_void ? "" : "return (" + boxed(function.result) + ") ") + "OtmetkaBridge.call(" + std::to_string(index) + ", new Object[] {" +
         arguments + "});\n  }\n";
}

}  // namespace

std::vector<SourceFile> java_bridge_tests(const Plan& plan) {
  std::vector<SourceFile> out;
  for (const char* name : {"OtmetkaBridge.java", "OtmetkaJUnit.java", "OtmetkaValues.java"}) out.push_back(harness_file(name));
  out.push_back(table(plan.functions));
  std::map<std::string, std::string> classes;
  for (std::size_t i = 0; i < plan.functions.size(); ++i) classes[plan.functions[i].scope] += stand_in(plan.functions[i], i);
  for (const auto& [name, methods] : classes) {
    const std::string head = "import java.util.List;\nimport java.util.Map;\nimport java.util.Set;\n\npublic class " + name + " {\n";
    out.push_back({name + ".java", head + methods + "}\n"});
  }
  out.insert(out.end(), plan.files.begin(), plan.files.end());
  return out;
}

std::vector<SourceFile> java_bridge_answer(const Plan& plan, const std::vector<SourceFile>& given) {
  std::vector<SourceFile> out = {harness_file("OtmetkaServer.java"), harness_file("OtmetkaValues.java"), table(plan.functions)};
  out.insert(out.end(), given.begin(), given.end());
  return out;
}

}  // namespace otmetka::checkers::unit_tests
