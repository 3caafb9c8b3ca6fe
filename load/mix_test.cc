#include "load/mix.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace otmetka::load {
namespace {

using testing::ElementsAre;

std::string code_of(const std::string& text) {
  const auto mix = read_mix(text, "mix.yaml");
  return mix ? "" : mix.failure().code();
}

std::string argument(const std::string& text, std::size_t index) {
  const auto mix = read_mix(text, "mix.yaml");
  return mix ? "" : std::get<std::string>(mix.failure().message.args.at(index));
}

TEST(Mix, AFileMaySayEverything) {
  const auto mix = read_mix(
      "bench: v1\nname: spring\nseed: 42\nassignments: 3\nitems: 2\nlearners: 50\nzipf: 1.1\nanswer_chars: 100\nkinds: {text: 2, order: "
      "1}\n"
      "wrong: 25%\nhostile: 1/50\nundecodable: 0\nunknown_spec: 0,01\n"
      "programs: {share: 5%, languages: {cpp: 2, python3: 1}, assignments: 4, tests: 3, wrong: 10%, hostile: 20%}\n",
      "mix.yaml");
  ASSERT_TRUE(mix) << mix.failure().code();
  EXPECT_EQ(mix->name, "spring");
  EXPECT_EQ(mix->seed, 42u);
  EXPECT_EQ(mix->assignments, 3);
  EXPECT_THAT(mix->kinds, ElementsAre(2, 0, 0, 0, 0, 0, 1, 0)) << "kinds that are not named are not sent";
  EXPECT_DOUBLE_EQ(mix->wrong, 0.25);
  EXPECT_DOUBLE_EQ(mix->hostile, 0.02);
  EXPECT_DOUBLE_EQ(mix->programs, 0.05);
  EXPECT_THAT(mix->languages, ElementsAre(1, 2, 0));
  EXPECT_EQ(mix->program_tests, 3);
  EXPECT_DOUBLE_EQ(mix->program_hostile, 0.2);
}

TEST(Mix, WhatAFileDoesNotSayIsAsItIsWithoutOne) {
  const auto mix = read_mix("bench: v1\n", "mix.yaml");
  ASSERT_TRUE(mix);
  EXPECT_EQ(to_line(*mix), to_line(Mix{}));
  EXPECT_FALSE(mix->runs_programs()) << "it must run where there is no compiler";
}

TEST(Mix, AnUnknownKeyIsAnErrorAndTheNearestIsNamed) {
  EXPECT_EQ(code_of("bench: v1\nassigments: 3\n"), "OT480");
  EXPECT_EQ(argument("bench: v1\nassigments: 3\n", 1), "mix.yaml:2:1");
  EXPECT_EQ(argument("bench: v1\nassigments: 3\n", 2), "assignments");
  EXPECT_EQ(code_of("bench: v1\nkinds: {txt: 3}\n"), "OT480");
  EXPECT_EQ(argument("bench: v1\nkinds: {txt: 3}\n", 2), "text");
  EXPECT_EQ(code_of("bench: v1\nprograms: {langauges: {cpp: 1}}\n"), "OT480");
  EXPECT_EQ(code_of("bench: v1\nmoonlight: 3\n"), "OT481");
  EXPECT_THAT(argument("bench: v1\nmoonlight: 3\n", 2), testing::HasSubstr("assignments, items"));
}

TEST(Mix, AValueThatDoesNotFitIsAnError) {
  for (const char* line : {"bench: v2", "bench: v1\nassignments: 0", "bench: v1\nassignments: 1001", "bench: v1\nitems: many",
                           "bench: v1\nwrong: 101%", "bench: v1\nwrong: -1%", "bench: v1\nwrong: often", "bench: v1\nzipf: 4",
                           "bench: v1\nkinds: {text: 0}", "bench: v1\nseed: -1", "bench: v1\nitems: [4]", "items: 4",
                           "bench: v1\nundecodable: 60%\nunknown_spec: 60%", "bench: v1\nprograms: {languages: {c: 0}}"}) {
    EXPECT_EQ(code_of(line), "OT482") << line;
  }
  EXPECT_EQ(argument("bench: v1\nwrong: often\n", 3), "mix.yaml:2:8");
}

TEST(Mix, WhatIsNoStrictYamlIsAnError) {
  for (const char* text :
       {"", "- a\n", "text", "bench: v1\nbench: v1\n", "bench: &x v1\n", "\xFF\xFE", "bench: v1\nkinds: text\n", "bench: ["}) {
    EXPECT_EQ(code_of(text), "OT483") << text;
  }
}

TEST(Mix, TheSamplesAreMixes) {
  int seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(OTMETKA_SOURCE_DIR "/bench/mixes")) {
    std::ifstream in(entry.path());
    std::ostringstream text;
    text << in.rdbuf();
    const auto mix = read_mix(text.str(), entry.path().string());
    EXPECT_TRUE(mix) << entry.path() << " " << (mix ? "" : mix.failure().code());
    ++seen;
  }
  EXPECT_GE(seen, 3);
}

}  // namespace
}  // namespace otmetka::load
