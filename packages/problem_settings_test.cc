#include "packages/problem_settings.h"

#include <gtest/gtest.h>

#include "packages/package_test_support.h"
#include "sandbox/language.h"

namespace otmetka::packages {
namespace {

std::string number(const char* name, const std::optional<double>& value) {
  if (!value) return {};
  std::string text = std::to_string(*value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return std::string(" ") + name + "=" + text;
}

// What is not the default, in one line.
std::string shown(const ProblemSettings& settings) {
  std::string out = settings.name.empty() ? "?" : settings.name;
  if (!settings.legacy) out += " later";
  if (settings.scoring) out += " scoring";
  if (settings.interactive) out += " interactive";
  if (settings.custom_validation) out += " custom";
  if (settings.custom_score) out += " scores";
  if (settings.minimised) out += " min";
  for (const std::string& flag : settings.validator_flags) out += " -" + flag;
  out += number("time", settings.time_limit) + number("times", settings.time_multiplier) + number("step", settings.time_resolution);
  if (settings.memory_bytes) out += " memory=" + std::to_string(*settings.memory_bytes >> 20);
  if (settings.output_bytes) out += " output=" + std::to_string(*settings.output_bytes >> 20);
  for (const std::string& language : settings.languages) out += " " + language;
  return out + number("accept", settings.accept_score) + number("reject", settings.reject_score);
}

std::string read(const std::string& yaml) {
  std::vector<Message> warnings;
  const auto settings = read_problem_yaml(yaml, warnings);
  if (!settings) return settings.failure().code();
  return shown(*settings) + (warnings.empty() ? "" : " " + codes_of(warnings));
}

TEST(ProblemYaml, IsReadInEveryVersion) {
  const std::pair<const char*, const char*> rows[] = {
      {"", "?"},
      {"name: Hello World!\nlicense: cc by-sa\nsource: Kattis\n", "Hello World!"},
      {"name: {sv: Hej, en: Hello}\n", "Hello"},
      {"name: {sv: Hej}\n", "Hej"},
      {"name: A\nvalidation: default\nvalidator_flags: 'float_tolerance 1E-6'\n", "A -float_tolerance -1E-6"},
      {"name: A\nvalidation: custom\n", "A custom"},
      {"name: A\nvalidation: custom interactive\n", "A interactive custom"},
      {"name: A\ntype: scoring\nvalidation: custom score\ngrading: {objective: min}\n", "A scoring custom scores min"},
      {"name: A\nlimits: {time_multiplier: 7, time_safety_margin: 1.5, memory: 512, output: 2}\n", "A times=7 memory=512 output=2"},
      {"problem_format_version: legacy-icpc\nname: A\n", "A"},
      {"problem_format_version: 2025-09\nname: A\ntype: [scoring, interactive]\n", "A later scoring interactive scores"},
      {"problem_format_version: 2025-09\nname: A\ntype: pass-fail interactive\n", "A later interactive"},
      {"problem_format_version: 2023-07-draft\nname: A\nlimits:\n  time_limit: 1.5\n  time_resolution: 0.1\n", "A later time=1.5 step=0.1"},
      {"problem_format_version: 2025-09\nname: A\nlimits: {time_multipliers: {ac_to_time_limit: 3, time_limit_to_tle: 2}}\n",
       "A later times=3"},
      {"problem_format_version: 2025-09\nname: A\nlanguages: [cpp, python3]\n", "A later cpp python3"},
      {"problem_format_version: 2025-09\nname: A\nlanguages: all\n", "A later"},
      {"name: A\ngrading: {accept_score: 5, reject_score: -1, on_reject: grade}\n", "A accept=5 reject=-1"},
      {"name: &n A\nsource: *n\n", "A"},
  };
  for (const auto& [yaml, expected] : rows) EXPECT_EQ(read(yaml), expected) << yaml;
}

TEST(ProblemYaml, AVersionThatIsNotKnownIsReadAsTheLatestAndSaidSo) {
  std::vector<Message> warnings;
  const auto settings = read_problem_yaml("problem_format_version: 2030-01\nname: A\n", warnings);
  ASSERT_TRUE(settings);
  EXPECT_FALSE(settings->legacy);
  ASSERT_EQ(codes_of(warnings), "OT555");
  EXPECT_EQ(warnings[0].args, (std::vector<Arg>{std::string("problem.yaml"), std::string("2030-01"),
                                                std::string("legacy, legacy-icpc, 2023-07-draft, 2023-07, 2025-09")}));
  for (const char* known : {"legacy", "legacy-icpc", "2023-07-draft", "2023-07", "2025-09"}) {
    EXPECT_EQ(read(std::string("problem_format_version: ") + known + "\nname: A\n").find("OT"), std::string::npos) << known;
  }
}

TEST(ProblemYaml, WhatACompilerIsNotGivenIsSaid) {
  EXPECT_EQ(read("name: A\nlimits: {compilation_time: 30, compilation_memory: 1024, validation_time: 30, validation_memory: 512}\n"), "A");
  EXPECT_EQ(read("name: A\nlimits: {compilation_time: 60, compilation_memory: 2048}\n"), "A OT559 OT559");
  EXPECT_EQ(read("name: A\nlimits: {validation_time: 60, validation_memory: 2049}\n"), "A OT559 OT559");
  EXPECT_EQ(read("name: A\nlimits: {validation_memory: 2048, validation_output: 8, code: 128}\n"), "A");
  EXPECT_EQ(read("name: A\nlimits: {validation_output: 64}\n"), "A OT559");
  for (const sandbox::Language& language : sandbox::built_in_languages()) {
    EXPECT_LE(language.compile_limits.cpu, std::chrono::seconds(static_cast<int>(kCompilerSeconds))) << language.id;
    EXPECT_LE(language.compile_limits.memory_bytes >> 20, static_cast<std::uint64_t>(kCompilerMib)) << language.id;
  }
}

TEST(ProblemYaml, SaysWhatItCannotBe) {
  const std::pair<const char*, const char*> rows[] = {
      {"limits: [memory: 512", "OT574"},
      {"- a list\n", "OT574"},
      {"limits: {memory: 512 MB}\n", "OT575"},
      {"limits: {memory: 0}\n", "OT575"},
      {"limits: {code: short}\n", "OT575"},
      {"limits: {time_limit: 1e9}\n", "OT575"},
      {"limits: none\n", "OT575"},
      {"validation: magic\n", "OT575"},
      {"validation: custom telepathic\n", "OT575"},
      {"type: guess\n", "OT575"},
      {"validator_flags: {float_tolerance: 0.1}\n", "OT575"},
      {"validator_flags:\n- float_tolerance: 0.1\n", "OT575"},
      {"grading: {range: 0}\n", "OT575"},
      {"type: submit-answer\n", "OT576"},
      {"type: multi-pass\nlimits: {validation_passes: 0}\n", "OT575"},
      {"type: multi-pass\nlimits: {validation_passes: 101}\n", "OT575"},
      {"constants: {n: [1, 2]}\n", "OT575"},
      {"name: A\nvalidator_flag: x\nlimits: {time: 1}\n", "A OT580 OT580"},
  };
  for (const auto& [yaml, expected] : rows) EXPECT_EQ(read(yaml), expected) << yaml;
}

TEST(ProblemSettings, TakeWhatStandsBesideProblemYaml) {
  struct Row {
    ScratchPackage::Files files;
    const char* expected;
  };
  const Row rows[] = {
      {{{"problem.yaml", "name: A\n"}, {".timelimit", "5\n"}}, "A time=5"},
      {{{"problem.yaml", "name: A\n"}, {".timelimit", "2"}, {".memlimit", "1024"}}, "A time=2 memory=1024"},
      {{{"problem.yaml", "name: A\nlimits: {time_limit: 1, memory: 64}\n"}, {".timelimit", "2"}, {".memlimit", "1024"}},
       "A time=1 memory=64 OT586"},
      {{{"domjudge-problem.ini", "name = 'Bee'\ntimelimit='3'\ncolor=#ffffff\n"}}, "Bee time=3"},
      {{{"problem.yaml", "name: A\n"}, {"domjudge-problem.ini", "timelimit = 3\n"}, {".timelimit", "4\n"}}, "A time=3 OT586"},
      {{{"problem.yaml", "name: A\n"}, {".timelimit", "soon\n"}}, "OT575"},
      {{{"data/secret/1.in", ""}}, "OT570"},
  };
  for (const Row& row : rows) {
    const ScratchPackage package(row.files, false);
    std::vector<Message> warnings;
    const auto settings = read_settings(*PackageFiles::open(package.path()), warnings);
    EXPECT_EQ(settings ? shown(*settings) + (warnings.empty() ? "" : " " + codes_of(warnings)) : settings.failure().code(), row.expected);
  }
}

TEST(Constants, StandForTheirValues) {
  std::vector<Message> warnings;
  const auto settings = read_problem_yaml("constants:\n  n: 100\n  k: {value: 5, tex: '5{,}0'}\n", warnings);
  ASSERT_TRUE(settings);
  const std::pair<const char*, const char*> rows[] = {
      {"int n = {{n}};", "int n = 100;"}, {"{{ k }} {{k.value}} {{k.tex}}", "5 5 5{,}0"}, {"{{m}} {{", "{{m}} {{"},
      {"{{{n}}}", "{100}"},               {"int a[] = {{1}};", "int a[] = {{1}};"},
  };
  for (const auto& [text, expected] : rows) EXPECT_EQ(with_constants(text, settings->constants), expected);
}

}  // namespace
}  // namespace otmetka::packages
