#include "spec/diagnostic.h"

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <array>
#include <string>

#include "spec/display_width.h"
#include "spec/test_kinds.h"

namespace otmetka::spec {
namespace {

using messages::Language;

const messages::Catalogue& catalogue() {
  static const std::array tables = {messages::spec_entries()};
  static const messages::Catalogue it(tables);
  return it;
}

std::string picture(const LoadedSpec& loaded, Language language = Language::kRussian, bool colours = false) {
  return render_picture(loaded.diagnostics.at(0), loaded.locations.source(), catalogue(), {language, colours});
}

TEST(DiagnosticTest, ThePictureShowsTheLineAndWhatWasMeant) {
  const LoadedSpec loaded = load_yaml("grade: v1\nid: t\nitems:\n- id: q\n  word:\n    answer: a\n\n\n    tpyos: 0,01\n");
  EXPECT_EQ(picture(loaded),
            "ошибка[OT107]: неизвестное поле «tpyos»\n"
            "  ┌─ motion.yaml:9:5\n"
            "9 │     tpyos: 0,01\n"
            "  │     ^^^^^ возможно, вы имели в виду «typos»?\n");
  EXPECT_EQ(picture(loaded, Language::kEnglish),
            "error[OT107]: unknown field “tpyos”\n"
            "  ┌─ motion.yaml:9:5\n"
            "9 │     tpyos: 0,01\n"
            "  │     ^^^^^ did you mean “typos”?\n");
}

TEST(DiagnosticTest, ACyrillicLetterInAKeyIsSaid) {
  const LoadedSpec loaded = load_yaml(around("  wоrd: x\n"));
  EXPECT_NE(picture(loaded).find("наберите «word» латиницей"), std::string::npos);
}

TEST(DiagnosticTest, TheCaretStandsUnderWideCombiningAndTabbedText) {
  struct Row {
    const char* item;
    const char* line;
    const char* caret;
  };
  const Row rows[] = {
      {"  ask: 日本\n  word: {日: 1, answer: a}\n", "6 │   word: {日: 1, answer: a}", "  │          ^^ "},
      {"  word: {answer: \"日本語\", tpyos: 1}\n", "5 │   word: {answer: \"日本語\", tpyos: 1}", "  │                            ^^^^^ "},
      {"  word: {answer: \"и\xCC\x86\", tpyos: 1}\n", "5 │   word: {answer: \"и\xCC\x86\", tpyos: 1}", "  │                       ^^^^^ "},
      {"  word: {answer: a,\ttpyos: 1}\n", "5 │   word: {answer: a, tpyos: 1}", "  │                     ^^^^^ "},
  };
  for (const Row& row : rows) {
    const std::string shown = picture(load_yaml(around(row.item)));
    EXPECT_NE(shown.find(std::string(row.line) + "\n" + row.caret), std::string::npos) << shown;
  }
}

TEST(DiagnosticTest, LongLinesAreCutAroundTheCaret) {
  const std::string shown = picture(load_yaml(around("  ask: \"" + std::string(5000, 'x') + "\"\n  word: {answer: \"" + std::string(5000, 'y') + "\", tpyos: 1, answer2: " + std::string(900, 'z') + "}\n")));
  EXPECT_LT(shown.size(), 700U);
  const auto source_line = shown.find("\", tpyos");
  ASSERT_NE(source_line, std::string::npos) << shown;
  const std::size_t line_start = shown.rfind('\n', source_line) + 1;
  const std::size_t caret_start = shown.find('\n', source_line) + 1;
  const auto cells = [&](std::size_t from, std::size_t to) {
    std::size_t width = 0;
    for (std::size_t at = from; at < to;) {
      const Decoded c = decode(shown, at);
      width += static_cast<std::size_t>(display_width(c.code_point));
      at += c.length;
    }
    return width;
  };
  EXPECT_EQ(cells(line_start, source_line + 3), cells(caret_start, shown.find('^', caret_start)));
}

TEST(DiagnosticTest, WhatTheFileHoldsCannotSteerTheTerminal) {
  Diagnostic d{{"OT107", {std::string("\x1B[2J\nx\u009B31m\u202Ey")}}, messages::Severity::kError, "a\x1B\nb.yaml", {}, {}, {}};
  const yaml::Source source("k\x1B[31m\u202E: 1\n");
  d.range = source.range(0, 1);
  for (const std::string& text : {render_picture(d, &source, catalogue(), {}), render_line(d, catalogue(), Language::kRussian)}) {
    for (const char* control : {"\x1B", "\u009B", "\u202E"}) EXPECT_EQ(text.find(control), std::string::npos) << text;
  }
  EXPECT_EQ(render_line(d, catalogue(), Language::kRussian).find('\n'), std::string::npos);
}

TEST(DiagnosticTest, ColoursComeOnlyWhenAskedFor) {
  const LoadedSpec loaded = load_yaml(around("  wrod: x\n"));
  EXPECT_EQ(picture(loaded).find('\x1B'), std::string::npos);
  EXPECT_NE(picture(loaded, Language::kRussian, true).find("\x1B[1;31mошибка[OT107]\x1B[0m"), std::string::npos);
}

TEST(DiagnosticTest, OneLineHoldsPlaceCodeTextAndAdvice) {
  const LoadedSpec loaded = load_yaml(around("  wrod: x\n"));
  EXPECT_EQ(render_line(loaded.diagnostics[0], catalogue(), Language::kRussian),
            "motion.yaml:5:3: OT107 неизвестное поле «wrod»; возможно, вы имели в виду «word»?");
  EXPECT_EQ(render_line(loaded.diagnostics[0], catalogue(), Language::kEnglish), "motion.yaml:5:3: OT107 unknown field “wrod”; did you mean “word”?");
}

TEST(DiagnosticTest, AFileThatIsNotThereHasNoLine) {
  const LoadedSpec loaded = load_file("/nonexistent/motion.yaml", test_kinds());
  ASSERT_EQ(loaded.diagnostics.size(), 1U);
  EXPECT_EQ(loaded.diagnostics[0].message.id, "OT100");
  EXPECT_TRUE(render_line(loaded.diagnostics[0], catalogue(), Language::kEnglish).starts_with("/nonexistent/motion.yaml: OT100 "));
  EXPECT_NE(picture(loaded).find("  = проверьте имя файла"), std::string::npos) << picture(loaded);
}

TEST(DiagnosticTest, JsonHoldsBothLanguagesAndTheRange) {
  const LoadedSpec loaded = load_yaml(around("  wrod: x\n  boxes: {think: скоро}\n"));
  rapidjson::Document json;
  json.Parse(render_json(loaded.diagnostics, catalogue()).c_str());
  ASSERT_TRUE(json.IsArray());
  ASSERT_EQ(json.Size(), 2U);
  EXPECT_STREQ(json[0]["code"].GetString(), "OT107");
  EXPECT_STREQ(json[0]["severity"].GetString(), "error");
  EXPECT_STREQ(json[0]["file"].GetString(), "motion.yaml");
  EXPECT_EQ(json[0]["range"]["line"].GetUint(), 5U);
  EXPECT_EQ(json[0]["range"]["column"].GetUint(), 3U);
  EXPECT_EQ(json[0]["range"]["length"].GetUint(), 4U);
  EXPECT_STREQ(json[0]["text"]["en"].GetString(), "unknown field “wrod”");
  EXPECT_STREQ(json[0]["text"]["ru"].GetString(), "неизвестное поле «wrod»");
  EXPECT_STREQ(json[0]["fix"]["replacement"].GetString(), "word");
  EXPECT_TRUE(json[1]["fix"].IsNull());
  EXPECT_STREQ(json[1]["path"].GetString(), "items[0].boxes.think");
}

TEST(DiagnosticTest, JsonSurvivesWhateverAFileHolds) {
  const std::string hostile = "\"\\\n\t\x01 \xFF\xD0 </script> \xF0\x9F\x99\x82";
  const std::array diagnostics = {Diagnostic{{"OT107", {hostile, hostile}}, messages::Severity::kError, hostile, {}, hostile, {}}};
  rapidjson::Document json;
  json.Parse<rapidjson::kParseValidateEncodingFlag>(render_json(diagnostics, catalogue()).c_str());
  ASSERT_FALSE(json.HasParseError());
  EXPECT_STREQ(json[0]["path"].GetString(), "\"\\\n\t\x01 \xEF\xBF\xBD\xEF\xBF\xBD </script> \xF0\x9F\x99\x82");
  EXPECT_TRUE(json[0]["range"].IsNull());
}

// What the messages of this folder promise to `explain`.
TEST(DiagnosticTest, EveryCodeHasBothLanguagesAHintAndTwoExamples) {
  for (const messages::Entry& entry : messages::spec_entries()) {
    EXPECT_FALSE(entry.ru.empty() || entry.en.empty()) << entry.id;
    if (!entry.id.starts_with("OT")) continue;
    EXPECT_FALSE(entry.hint_ru.empty() || entry.hint_en.empty() || entry.wrong.empty() || entry.right.empty()) << entry.id;
    EXPECT_NE(entry.wrong, entry.right) << entry.id;
  }
}

}  // namespace
}  // namespace otmetka::spec
