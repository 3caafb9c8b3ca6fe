// Files, folders and the text protobuf form.
#include "spec/load.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "spec/file_reference.h"
#include "spec/test_kinds.h"

namespace otmetka::spec {
namespace {

namespace fs = std::filesystem;

class FolderTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("spec_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "spec" / "tests");
    write("spec/tests/1.in", "2 3\n");
    write("secret", "x");
    fs::create_symlink("../secret", folder_ / "spec" / "out");
    fs::create_symlink("tests", folder_ / "spec" / "link");
    fs::create_symlink("..", folder_ / "spec" / "up");
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }
  std::string refused(std::string_view path) {
    const auto message = refuse_path(path, folder_ / "spec");
    return message ? message->id : "";
  }
  fs::path folder_;
};

TEST_F(FolderTest, AFileStaysBeneathTheSpecsFolder) {
  for (const char* fine : {"tests/1.in", "tests", "link/1.in", "./tests/1.in", "tests/../tests/1.in"}) {
    const bool dots = std::string(fine).find("..") != std::string::npos;
    EXPECT_EQ(refused(fine), dots ? "OT168" : "") << fine;
  }
  for (const char* out : {"../secret", "/etc/passwd", "tests/../../secret", "..", "C:/x", "tests\\1.in", "", "out", "up/secret", "up"}) {
    EXPECT_EQ(refused(out), "OT168") << out;
  }
  EXPECT_EQ(refused(std::string(300, 'a')), "OT168");
  EXPECT_EQ(refused(std::string_view("tests/1.in\0x", 12)), "OT168");
  for (const char* missing : {"tests/2.in", "Tests/1.in"}) EXPECT_EQ(refused(missing), "OT169") << missing;
}

TEST_F(FolderTest, ASpecFindsItsFilesBesideIt) {
  write("spec/a.yaml", around("  word: {answer: a, list: file:tests/1.in}\n"));
  write("spec/b.yaml", around("  word: {answer: a, list: file:tests/9.in}\n"));
  write("spec/c.yaml", around("  word: {answer: a, list: file:out}\n"));
  EXPECT_EQ(codes(load_file((folder_ / "spec/a.yaml").string(), test_kinds())), "");
  EXPECT_EQ(codes(load_file((folder_ / "spec/b.yaml").string(), test_kinds())), "OT169 5:27");
  EXPECT_EQ(codes(load_file((folder_ / "spec/c.yaml").string(), test_kinds())), "OT168 5:27");
}

TEST_F(FolderTest, AFolderOrAHugeFileIsNoSpec) {
  EXPECT_EQ(codes(load_file(folder_.string(), test_kinds())), "OT100 0:0");
  write("spec/huge.yaml", std::string(2U << 20, ' '));
  EXPECT_EQ(codes(load_file((folder_ / "spec/huge.yaml").string(), test_kinds())), "OT101 1:1");
}

constexpr const char* kText = R"(grade: "v1"
id: "t"
items {
  id: "q"
  points { num: 3 den: 2 }
  kind {
    [type.googleapis.com/otmetka.spec_test.WordSettings] {
      answer: "a"
      answer: "b"
	accept { value: "c" score { num: 1 den: 2 } }
    }
  }
  samples { give { text: "a" } score { num: 1 den: 1 } }
}
)";

LoadedSpec load_proto(const std::string& text) { return load_text(text, Form::kTextproto, {test_kinds(), "t.textproto", {}}); }

std::string with(std::string what, const std::string& instead) {
  std::string text = kText;
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), instead);
}

TEST(TextprotoTest, IsAnotherReaderOfTheSameMessage) {
  const LoadedSpec proto = load_proto(kText);
  const LoadedSpec yaml = load_yaml(
      "grade: v1\nid: t\nitems:\n- id: q\n  points: 3/2\n  word: {answer: [a, b], accept: [{value: c, score: 50%}]}\n  samples: [{give: a, score: 1}]\n");
  EXPECT_EQ(codes(proto), "");
  EXPECT_EQ(codes(yaml), "");
  EXPECT_EQ(proto.message.SerializeAsString(), yaml.message.SerializeAsString());
}

TEST(TextprotoTest, KnowsWhereItsFieldsStand) {
  const LoadedSpec loaded = load_proto(kText);
  const auto place = [&](const char* path) {
    const yaml::Range r = loaded.locations.at(path);
    return std::to_string(r.line) + ":" + std::to_string(r.column);
  };
  EXPECT_EQ(place("id"), "2:1");
  EXPECT_EQ(place("items[0].points"), "5:3");
  EXPECT_EQ(place("items[0].word.answer[1]"), "9:7");
  EXPECT_EQ(place("items[0].word.accept[0].score"), "10:22");
  EXPECT_EQ(place("items[0].samples[0].give"), "13:13");
}

TEST(TextprotoTest, MistakesHaveTheirCodeAndPlace) {
  struct Row {
    std::string text;
    const char* expected;
  };
  const Row rows[] = {
      {with("points", "pionts"), "OT107 5:3"},
      {with("answer: \"b\"", "anwser: \"b\""), "OT107 9:7"},
      {with("WordSettings", "EssaySettings"), "OT134 7:6"},
      {with("otmetka.spec_test.WordSettings", "google.protobuf.Any"), "OT134 7:6"},
      {with("id: \"t\"", "id: t"), "OT128 2:5"},
      {with("\"c\" score", "\"c score"), "OT128 10:46"},
      {with("num: 3 den: 2", "num: 3 den: 0"), "OT132 5:3"},
      {with("num: 3 den: 2", "num: 3 den: -2"), "OT132 5:3"},
      {with("num: 3 den: 2", "num: -3 den: 2"), "OT138 5:3"},
      {with("id: \"q\"", "id: \"q q\""), "OT159 4:3"},
      {with("  id: \"q\"\n", ""), "OT106 3:1"},
      {with("grade: \"v1\"\n", ""), "OT106 1:1"},
      {with("num: 1 den: 2", "num: 3 den: 2"), "OT137 10:22"},
      {with("grade", "\xCC\xEE"), "OT102 1:1"},
      {"", "OT106 1:1, OT106 1:1, OT106 1:1"},
      {"items { items {", "OT107 1:9"},
  };
  for (const Row& row : rows) EXPECT_EQ(codes(load_proto(row.text)), row.expected) << row.text;
}

TEST(TextprotoTest, NestingIsBounded) {
  std::string text = "items { samples { give { ";
  for (int i = 0; i < 20'000; ++i) text += "mapping { entries { value { ";
  const LoadedSpec loaded = load_proto(text);
  EXPECT_TRUE(codes(loaded).starts_with("OT128 1:")) << codes(loaded);
}

TEST(FormTest, IsToldByTheEndingOfTheName) {
  EXPECT_EQ(form_of("a/b.textproto"), Form::kTextproto);
  EXPECT_EQ(form_of("b.txtpb"), Form::kTextproto);
  EXPECT_EQ(form_of("b.yaml"), Form::kYaml);
  EXPECT_EQ(form_of("b.yml"), Form::kYaml);
  EXPECT_EQ(form_of("-"), Form::kYaml);
}

}  // namespace
}  // namespace otmetka::spec
