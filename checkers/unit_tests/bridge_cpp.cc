#include <algorithm>
#include <set>

#include "checkers/unit_tests/bridge_sources.h"
#include "checkers/unit_tests/harness.h"
#include "checkers/unit_tests/source_text.h"

namespace otmetka::checkers::unit_tests {
namespace {

using sandbox::SourceFile;

bool is_source(const std::string& name) { return name.ends_with(".cpp") || name.ends_with(".cc"); }

// Every type that stands in a declaration, the result's first.
std::vector<const PlainType*> types_of(const Function& function) {
  std::vector<const PlainType*> out = {&function.result};
  for (const Parameter& parameter : function.parameters) out.push_back(&parameter.type);
  return out;
}

std::set<std::string> headers_of(const std::vector<Function>& functions) {
  std::set<std::string> out;
  for (const Function& function : functions) {
    for (const PlainType* type : types_of(function)) out.insert(type->headers.begin(), type->headers.end());
  }
  return out;
}

// Tells otmetka_values.hpp which types are wanted.
std::string wanted_types(const std::vector<Function>& functions) {
  std::string out;
  for (std::string header : headers_of(functions)) {
    for (char& c : header) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    out += "#define OTMETKA_HAS_" + header + "\n";
  }
  return out;
}

std::string written(const Parameter& parameter) {
  return (parameter.is_const_reference ? "const " : "") + parameter.type.text +
         (parameter.is_const_reference || parameter.is_changed ? "&" : "");
}

// "(int, const std::string&)".
std::string parameter_types(const Function& function) {
  std::string out;
  for (const Parameter& parameter : function.parameters) out += (out.empty() ? "" : ", ") + written(parameter);
  return "(" + out + ")";
}

std::string declaration(const Function& function, const char* attribute) {
  std::string out = function.result.text + " " + function.name + parameter_types(function) + attribute + ";";
  if (!function.scope.empty()) out = "namespace " + function.scope + " { " + out + " }";
  return out + "\n";
}

std::string full_name(const Function& function) { return (function.scope.empty() ? "" : function.scope + "::") + function.name; }

std::string argument(std::size_t i) { return "otmetka_" + std::to_string(i); }

SourceFile declarations(const std::vector<Function>& functions) {
  std::string out = "#pragma once\n";
  for (const std::string& header : headers_of(functions)) out += "#include <" + header + ">\n";
  for (const Function& function : functions) out += declaration(function, "");
  return {std::string(kHarnessPrefix) + "_functions.hpp", std::move(out)};
}

// A function that stands in for the learner's.
std::string stand_in(const Function& function, std::size_t index) {
  std::string parameters, arguments;
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    const Parameter& parameter = function.parameters[i];
    const bool is_value = !parameter.is_const_reference && !parameter.is_changed;
    parameters += (i > 0 ? ", " : "") + std::string(is_value ? "const " : "") + written(parameter) + " " + argument(i);
    arguments += ", " + argument(i);
  }
  const std::string& result = function.result.text;
  return result + " " + full_name(function) + "(" + parameters + ") {\n  return otmetka::call<" + result + ">(" + std::to_string(index) +
         ", \"" + signature_of(function) + "\"" + arguments + ");\n}\n";
}

SourceFile proxy(const std::vector<Function>& functions) {
  std::string out = "#include \"otmetka_functions.hpp\"\n" + wanted_types(functions) + "#include \"otmetka_link.hpp\"\n";
  for (std::size_t i = 0; i < functions.size(); ++i) out += stand_in(functions[i], i);
  return {std::string(kHarnessPrefix) + "_proxy.cpp", std::move(out)};
}

std::string handler(const Function& function, std::size_t index) {
  std::string out = "void otmetka_handler_" + std::to_string(index) + "(otmetka::Reader& otmetka_in, otmetka::Writer& otmetka_out) {\n";
  out += "  " + function.result.text + " (*const otmetka_function)" + parameter_types(function) + " = &::" + full_name(function) + ";\n";
  out += "  if (otmetka_function == nullptr) return otmetka::put_absent(otmetka_out);\n";
  std::string arguments;
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    const std::string& type = function.parameters[i].type.text;
    out += "  " + type + " " + argument(i) + " = otmetka::take<" + type + ">(otmetka_in);\n";
    arguments += (i > 0 ? ", " : "") + argument(i);
  }
  out += "  otmetka::put_result<" + function.result.text + ">(otmetka_out, [&]() -> " + function.result.text +
         " { return otmetka_function(" + arguments + "); });\n";
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    const Parameter& parameter = function.parameters[i];
    if (parameter.is_changed) out += "  otmetka::put<" + parameter.type.text + ">(otmetka_out, " + argument(i) + ");\n";
  }
  return out + "}\n";
}

bool mentions(const std::vector<SourceFile>& files, const std::string& name) {
  return std::any_of(files.begin(), files.end(), [&](const SourceFile& file) {
    const std::string code = c_like_code(file.bytes);
    const auto words = tokens(code);
    return std::find(words.begin(), words.end(), name) != words.end();
  });
}

SourceFile table(const std::vector<Function>& functions, const std::vector<SourceFile>& headers) {
  std::string out = wanted_types(functions) + "#include \"otmetka_serve.hpp\"\n";
  for (const SourceFile& header : headers) out += "#include \"" + header.name + "\"\n";
  out += "#line 1 \"" + std::string(kFunctionsFile) + "\"\n";
  // Inline functions, templates and those that do not throw may not be declared again like this.
  for (const Function& function : functions) {
    if (!mentions(headers, function.name)) out += declaration(function, headers.empty() ? " __attribute__((weak))" : "");
  }
  out += "namespace {\n";
  for (std::size_t i = 0; i < functions.size(); ++i) out += handler(functions[i], i);
  out += "}\nconst otmetka::Handler otmetka::kHandlers[] = {";
  for (std::size_t i = 0; i < functions.size(); ++i) out += (i > 0 ? ", otmetka_handler_" : "otmetka_handler_") + std::to_string(i);
  out += "};\nconst std::uint32_t otmetka::kHandlerCount = " + std::to_string(functions.size()) + ";\n";
  return {std::string(kHarnessPrefix) + "_table.cpp", std::move(out)};
}

CppUnit with(SourceFile source, const std::vector<SourceFile>& headers) {
  CppUnit out{{std::move(source)}, false};
  out.files.insert(out.files.end(), headers.begin(), headers.end());
  return out;
}

}  // namespace

std::vector<CppUnit> cpp_bridge_tests(const Plan& plan) {
  const SourceFile values = harness_file("otmetka_values.hpp"), link = harness_file("otmetka_link.hpp");
  std::vector<SourceFile> headers = {declarations(plan.functions)};
  for (const SourceFile& file : plan.files) {
    if (!is_source(file.name)) headers.push_back(file);
  }
  for (const std::string& name : plan.submit) {
    if (!is_source(name)) headers.push_back({name, "#include \"" + headers[0].name + "\"\n"});
  }
  std::vector<CppUnit> out = {with(harness_file("otmetka_bridge.cpp"), {harness_file("otmetka_gtest.hpp"), link, values}),
                              with(proxy(plan.functions), {headers[0], link, values})};
  for (const SourceFile& file : plan.files) {
    if (!is_source(file.name)) continue;
    const std::string before = "#include <gtest/gtest.h>\n#include \"" + headers[0].name + "\"\n#line 1 \"" + file.name + "\"\n";
    out.push_back(with({file.name, before + file.bytes}, headers));
  }
  return out;
}

std::vector<CppUnit> cpp_bridge_answer(const Plan& plan, const std::vector<SourceFile>& given) {
  const SourceFile values = harness_file("otmetka_values.hpp"), serve = harness_file("otmetka_serve.hpp");
  std::vector<SourceFile> headers;
  std::copy_if(given.begin(), given.end(), std::back_inserter(headers), [](const SourceFile& file) { return !is_source(file.name); });
  std::vector<SourceFile> of_table = headers;
  for (const SourceFile& file : {serve, values}) of_table.push_back(file);
  std::vector<CppUnit> out = {with(harness_file("otmetka_server.cpp"), {harness_file("otmetka_entry.hpp"), serve, values})};
  for (const SourceFile& file : given) {
    if (!is_source(file.name)) continue;
    out.push_back(with(file, headers));
    out.back().of_answer = true;
  }
  out.push_back(with(table(plan.functions, headers), of_table));
  return out;
}

}  // namespace otmetka::checkers::unit_tests
