#include "checkers/unit_tests/harness.h"

#include <cassert>
#include <string>

extern "C" {
extern const char otmetka_harness_values[], otmetka_harness_values_end[];
extern const char otmetka_harness_server[], otmetka_harness_server_end[];
extern const char otmetka_harness_proxy[], otmetka_harness_proxy_end[];
extern const char otmetka_harness_errors[], otmetka_harness_errors_end[];
extern const char otmetka_harness_names[], otmetka_harness_names_end[];
extern const char otmetka_harness_runner[], otmetka_harness_runner_end[];
extern const char otmetka_harness_pytest[], otmetka_harness_pytest_end[];
extern const char otmetka_harness_bridge[], otmetka_harness_bridge_end[];
extern const char otmetka_harness_script[], otmetka_harness_script_end[];
extern const char otmetka_harness_inside[], otmetka_harness_inside_end[];
extern const char otmetka_harness_gtest[], otmetka_harness_gtest_end[];
extern const char otmetka_harness_junit[], otmetka_harness_junit_end[];
extern const char otmetka_harness_entry[], otmetka_harness_entry_end[];
extern const char otmetka_harness_gtest_run[], otmetka_harness_gtest_run_end[];
extern const char otmetka_harness_cpp_values[], otmetka_harness_cpp_values_end[];
extern const char otmetka_harness_cpp_link[], otmetka_harness_cpp_link_end[];
extern const char otmetka_harness_cpp_bridge[], otmetka_harness_cpp_bridge_end[];
extern const char otmetka_harness_cpp_serve[], otmetka_harness_cpp_serve_end[];
extern const char otmetka_harness_cpp_server[], otmetka_harness_cpp_server_end[];
extern const char otmetka_harness_junit_run[], otmetka_harness_junit_run_end[];
extern const char otmetka_harness_java_values[], otmetka_harness_java_values_end[];
extern const char otmetka_harness_java_bridge[], otmetka_harness_java_bridge_end[];
extern const char otmetka_harness_java_server[], otmetka_harness_java_server_end[];
}

namespace otmetka::checkers::unit_tests {
namespace {

struct Embedded {
  std::string_view name;
  const char* begin;
  const char* end;
};

const Embedded kFiles[] = {
    {"otmetka_values.py", otmetka_harness_values, otmetka_harness_values_end},
    {"otmetka_server.py", otmetka_harness_server, otmetka_harness_server_end},
    {"otmetka_proxy.py", otmetka_harness_proxy, otmetka_harness_proxy_end},
    {"otmetka_errors.py", otmetka_harness_errors, otmetka_harness_errors_end},
    {"otmetka_names.py", otmetka_harness_names, otmetka_harness_names_end},
    {"otmetka_runner.py", otmetka_harness_runner, otmetka_harness_runner_end},
    {"otmetka_pytest.py", otmetka_harness_pytest, otmetka_harness_pytest_end},
    {"otmetka_bridge.py", otmetka_harness_bridge, otmetka_harness_bridge_end},
    {"otmetka_script.py", otmetka_harness_script, otmetka_harness_script_end},
    {"otmetka_inside.py", otmetka_harness_inside, otmetka_harness_inside_end},
    {"otmetka_main.cpp", otmetka_harness_gtest, otmetka_harness_gtest_end},
    {"OtmetkaTests.java", otmetka_harness_junit, otmetka_harness_junit_end},
    {"otmetka_entry.hpp", otmetka_harness_entry, otmetka_harness_entry_end},
    {"otmetka_gtest.hpp", otmetka_harness_gtest_run, otmetka_harness_gtest_run_end},
    {"otmetka_values.hpp", otmetka_harness_cpp_values, otmetka_harness_cpp_values_end},
    {"otmetka_link.hpp", otmetka_harness_cpp_link, otmetka_harness_cpp_link_end},
    {"otmetka_bridge.cpp", otmetka_harness_cpp_bridge, otmetka_harness_cpp_bridge_end},
    {"otmetka_serve.hpp", otmetka_harness_cpp_serve, otmetka_harness_cpp_serve_end},
    {"otmetka_server.cpp", otmetka_harness_cpp_server, otmetka_harness_cpp_server_end},
    {"OtmetkaJUnit.java", otmetka_harness_junit_run, otmetka_harness_junit_run_end},
    {"OtmetkaValues.java", otmetka_harness_java_values, otmetka_harness_java_values_end},
    {"OtmetkaBridge.java", otmetka_harness_java_bridge, otmetka_harness_java_bridge_end},
    {"OtmetkaServer.java", otmetka_harness_java_server, otmetka_harness_java_server_end},
};

}  // namespace

sandbox::SourceFile harness_file(std::string_view name) {
  for (const Embedded& file : kFiles) {
    if (file.name == name) return {std::string(name), std::string(file.begin, file.end)};
  }
  assert(false);
  return {};
}

std::vector<sandbox::SourceFile> python_server_files() { return {harness_file("otmetka_server.py"), harness_file("otmetka_values.py")}; }

std::vector<sandbox::SourceFile> python_bridge_files() {
  return {harness_file("otmetka_bridge.py"), harness_file("otmetka_script.py"), harness_file("otmetka_proxy.py"),
          harness_file("otmetka_errors.py"), harness_file("otmetka_names.py"),  harness_file("otmetka_values.py"),
          harness_file("otmetka_runner.py"), harness_file("otmetka_pytest.py")};
}

std::vector<sandbox::SourceFile> python_inside_files() {
  return {harness_file("otmetka_inside.py"), harness_file("otmetka_runner.py"), harness_file("otmetka_pytest.py")};
}

}  // namespace otmetka::checkers::unit_tests
