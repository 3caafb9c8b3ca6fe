// Of specs: linting the wrong example draws its code and no other, and the same put right draws nothing.
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "checkers/catalog.h"
#include "engine/spec_check.h"
#include "tests/explain/example_files.h"
#include "tests/explain/spec_frames.h"

namespace otmetka::explain {
namespace {

using messages::Entry;
using Codes = std::set<std::string>;

// The codes that no text of a spec alone draws, so that their examples are no lines of one.
const Codes kNotOfAText = {
    "OT100",           // a file that cannot be read: below
    "OT177",           // settings damaged after they were read: no example
    "OT236", "OT621",  // what the machine lacks
    "OT622",           // the tests themselves break, when they are run
};

// The reader of texts refuses these values before the kind sees them; the kind refuses them again, since a spec may come in another form.
const std::map<std::string, std::string> kToldByTheReader = {
    {"OT165", "OT137"}, {"OT166", "OT137"}, {"OT175", "OT107"}, {"OT176", "OT198"},
    {"OT179", "OT167"}, {"OT185", "OT109"}, {"OT601", "OT139"},
};

// Drawn by running samples; the examples of others need not have any.
const Codes kOfSamples = {"OT170", "OT171", "OT172", "OT173", "OT230", "OT231", "OT232", "OT233", "OT234", "OT235"};

// What “…” stands for where an example is too long to be shown.
std::string written_out(const std::string& code, std::string text) {
  std::string more;
  if (code == "OT101") more.assign(1u << 20, '4');
  for (int i = 0; code == "OT161" && i < 30; ++i) more += "\u0301";
  for (int i = 0; code == "OT200" && i < 100; ++i) more += (i == 0 ? "q" : ", q") + std::to_string(i) + ": 1";
  const std::string_view dots = "…";
  const auto at = text.find(dots);
  return more.empty() || at == std::string::npos ? text : text.replace(at, dots.size(), more);
}

// Text that was Windows-1251 and is shown as if it were Latin-1: the very bytes.
std::string bytes_shown_as_latin1(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte != 0xC2 && byte != 0xC3) {
      out += text[i];
      continue;
    }
    out += static_cast<char>((byte - 0xC0U) << 6U | static_cast<unsigned char>(text[++i]));
  }
  return out;
}

void write_files(const ExampleFiles& files) {
  files.write("motion.yaml", spec_of("ask: Столица?"));
  files.write("tests/1.in", "2 3\n");
  files.write("tests/big.in", std::string(1u << 20, '4'));
  files.write("tests/huge.in", std::string(20u << 20, '4'));
  files.write("tests/huge.out", std::string(20u << 20, '4'));
  files.write("check.cpp", "int main() {}\n");
  files.write("check.py", "import sys\nsys.exit(0)\n");
  files.write("test_fizz.py", "from fizz import fizz\n\ndef test_three():\n    assert fizz(3) == \"Fizz\"\n");
  files.write("run.py", "print(\"ok 1 - three\")\n");
  files.write("script/run_tests.py", "print(\"ok 1 - three\")\n");
  files.write("add_test.cc", "#include <gtest/gtest.h>\nTEST(Add, Small) { EXPECT_EQ(add(2, 3), 5); }\n");
  files.write("AddTest.java", "import org.junit.Test;\npublic class AddTest {\n  @Test public void small() { Solution.add(2, 3); }\n}\n");
}

class SpecExamples : public testing::Test {
 protected:
  SpecExamples() { write_files(files_); }

  // An example that is a file of tests stands in one; one of text protobuf in a spec of that form.
  std::pair<std::string, std::string> name_and_text(const std::string& code, const std::string& example) const {
    if (code == "OT128") {
      const std::string item = R"(items { id: "g" kind { [type.googleapis.com/otmetka.v1.TextSettings] { answer: "x" } } })";
      return {"example.textproto", "grade: \"v1\"\n" + example + "\n" + item + "\n"};
    }
    std::string of_tests;
    if (example.starts_with("def ") || example.starts_with("from ")) of_tests = "language: python3\ntests: file:drafts/test_fizz.py";
    if (example.find("class ") != std::string::npos) of_tests = "language: java\ntests: file:drafts/AddTest.java";
    if (of_tests.empty()) return {"example.yaml", spec_of(example)};
    files_.write(of_tests.substr(of_tests.find("drafts")), example + "\n");
    return {"example.yaml", spec_of(of_tests)};
  }

  Codes drawn(const std::string& code, std::string_view example) const {
    auto [name, text] = name_and_text(code, written_out(code, std::string(example)));
    if (code == "OT102" && example.find("1251") != std::string_view::npos) text = bytes_shown_as_latin1(text);
    const auto depth = kOfSamples.contains(code) ? engine::Depth::kLint : engine::Depth::kCompile;
    Codes out;
    for (const auto& d : engine::check_spec_text(std::move(text), name, files_.path(), depth).diagnostics) out.insert(d.message.id);
    return out;
  }

  std::string at(const std::string& name) const { return files_.at(name); }

 private:
  ExampleFiles files_;
};

std::vector<const Entry*> codes_of_specs() {
  std::vector<const Entry*> out;
  for (const Entry* entry : checkers::message_catalogue().entries()) {
    const bool of_specs = entry->id.starts_with("OT1") || entry->id.starts_with("OT2") || entry->id.starts_with("OT6");
    if (of_specs && !kNotOfAText.contains(std::string(entry->id))) out.push_back(entry);
  }
  return out;
}

TEST_F(SpecExamples, TheWrongOneDrawsItsCodeAloneAndTheRightOneNothing) {
  for (const Entry* entry : codes_of_specs()) {
    const std::string code(entry->id);
    Codes expected = {code};
    if (code == "OT200") expected.insert("OT107");  // that there are more than are shown takes a hundred others
    if (const auto other = kToldByTheReader.find(code); other != kToldByTheReader.end()) expected = {other->second};
    EXPECT_EQ(drawn(code, entry->wrong), expected) << code << "\n" << entry->wrong;
    EXPECT_EQ(drawn(code, entry->right), Codes()) << code << "\n" << entry->right;
  }
}

TEST_F(SpecExamples, AFileThatIsNotThereIsNamedByTheWrongOne) {
  const Entry* entry = checkers::message_catalogue().find("OT100");
  const auto codes = [&](std::string_view command) {
    Codes out;
    const std::string name(command.substr(command.rfind(' ') + 1));
    for (const auto& d : engine::check_spec_file(at(name), engine::Depth::kCompile).diagnostics) out.insert(d.message.id);
    return out;
  };
  EXPECT_EQ(codes(entry->wrong), Codes{"OT100"});
  EXPECT_EQ(codes(entry->right), Codes());
}

// The frames are no part of what is told: with nothing in them nothing is said.
TEST_F(SpecExamples, AFrameDrawsNothingByItself) {
  for (const char* fragment : {"grade: v1", "round: {to: 0.1}", "points: 2", "- {give: 5, score: 1}", "- {in: \"1\", out: \"1\"}",
                               "- {id: a, text: x}", "limits: {cpu: 1s}", "language: python3", "language: java",
                               "language: cpp\nfunctions: [\"int add(int a, int b)\"]"}) {
    EXPECT_EQ(drawn("OT107", fragment), Codes()) << fragment << "\n" << spec_of(fragment);
  }
}

}  // namespace
}  // namespace otmetka::explain
