// The YAML form of a spec means what the schema says, and every mistake has its code and place.
#include "spec/yaml_to_message.h"

#include <gtest/gtest.h>

#include <string>

#include "spec/test_kinds.h"

namespace otmetka::spec {
namespace {

spec_test::WordSettings word_of(const std::string& item) {
  const LoadedSpec loaded = load_yaml(around(item));
  EXPECT_EQ(codes(loaded), "") << item;
  spec_test::WordSettings settings;
  if (loaded.message.items_size() > 0) loaded.message.items(0).kind().UnpackTo(&settings);
  return settings;
}

TEST(YamlToMessageTest, AScalarIsReadByTheTypeOfItsFieldAndNeverGuessed) {
  for (const char* typed : {"no", "1e3", "12:30", "07", "3,14", "true", "null", "~", "0x10", "2024-01-01", "1_000", "Нет"}) {
    EXPECT_EQ(word_of("  word: " + std::string(typed) + "\n").answer(0), typed);
    EXPECT_EQ(word_of("  word: {answer: [" + std::string(typed == std::string("3,14") ? "'3,14'" : typed) + "]}\n").answer(0), typed);
  }
  EXPECT_EQ(word_of("  word: {answer: x, typos: 03}\n").typos(), 3);
  EXPECT_TRUE(word_of("  word: {answer: x, strict: yes}\n").strict());
}

TEST(YamlToMessageTest, ABareScalarAndABareListStandForTheShorthandField) {
  EXPECT_EQ(word_of("  word: Москва\n").answer(0), "Москва");
  EXPECT_EQ(word_of("  word: [a, b]\n").answer_size(), 2);
  EXPECT_EQ(word_of("  word: {answer: a}\n").answer_size(), 1);
  const auto settings = word_of("  word:\n    answer: a\n    accept: [b, {value: c, score: 50%, say: Почти}]\n");
  EXPECT_EQ(settings.accept(0).value(), "b");
  EXPECT_EQ(settings.accept(1).score().num(), 1);
  EXPECT_EQ(settings.accept(1).score().den(), 2);
  EXPECT_EQ(settings.accept(1).say().ru(), "Почти");
  EXPECT_EQ(settings.accept(1).say().en(), "Почти");
}

TEST(YamlToMessageTest, EnumWordsAreLowerCaseNamesOrTheirOwn) {
  const auto settings = word_of("  word: {answer: a, keep: [case, ё]}\n");
  EXPECT_EQ(settings.keep(0), spec_test::WordSettings::KEEP_CASE);
  EXPECT_EQ(settings.keep(1), spec_test::WordSettings::KEEP_YO);
}

TEST(YamlToMessageTest, AMappingMayStandForAListKeyedByAField) {
  const LoadedSpec loaded = load_yaml(around("  boxes: {right: {a: \"2\", b: {label: {ru: семь}}}, think: 1m30s}\n"));
  ASSERT_EQ(codes(loaded), "");
  spec_test::BoxesSettings boxes;
  loaded.message.items(0).kind().UnpackTo(&boxes);
  EXPECT_EQ(boxes.right(0).id(), "a");
  EXPECT_EQ(boxes.right(0).label().en(), "2");
  EXPECT_EQ(boxes.right(1).id(), "b");
  EXPECT_EQ(boxes.right(1).label().ru(), "семь");
  EXPECT_EQ(boxes.right(1).label().en(), "");
  EXPECT_EQ(boxes.think(), 90);
}

TEST(YamlToMessageTest, AKeyedListThatIsAllOfAMessageIsTheMappingItself) {
  const LoadedSpec loaded = load_yaml(around("  pieces:\n    v: {weight: 2, word: да}\n    t: {word: {answer: нет}}\n"));
  ASSERT_EQ(codes(loaded), "");
  spec_test::PiecesSettings pieces;
  loaded.message.items(0).kind().UnpackTo(&pieces);
  EXPECT_EQ(pieces.pieces(0).id(), "v");
  EXPECT_EQ(pieces.pieces(0).weight().num(), 2);
  spec_test::WordSettings word;
  EXPECT_TRUE(pieces.pieces(1).kind().UnpackTo(&word));
  EXPECT_EQ(word.answer(0), "нет");
}

TEST(YamlToMessageTest, ASampleIsATextAListOrAMappingAsItIs) {
  const LoadedSpec loaded = load_yaml(around(
      "  word: a\n  samples:\n  - {give: 07, score: 1}\n  - {give: [a, b], score: 2/3}\n  - {give: {k: v, m: [x]}, score: 0}\n  - {give: \"\", score: 0}\n"));
  ASSERT_EQ(codes(loaded), "");
  const auto& samples = loaded.message.items(0).samples();
  EXPECT_EQ(samples[0].give().text(), "07");
  EXPECT_EQ(samples[1].give().list().elements(1), "b");
  EXPECT_EQ(samples[1].score().den(), 3);
  EXPECT_EQ(samples[2].give().mapping().entries(0).value().text(), "v");
  EXPECT_EQ(samples[2].give().mapping().entries(1).value().list().elements(0), "x");
  EXPECT_EQ(samples[3].give().shape_case(), v1::SampleAnswer::kText);
}

struct Row {
  const char* item;
  const char* expected;
};

TEST(YamlToMessageTest, MistakesHaveTheirCodeAndPlace) {
  const Row rows[] = {
      {"  word: {answer: a, tpyos: 1}\n", "OT107 5:21"},
      {"  wrod: a\n", "OT107 5:3"},
      {"  -word: a\n", "OT646 5:3"},
      {"  essay: a\n", "OT107 5:3"},
      {"  wоrd: a\n", "OT107 5:3"},
      {"  ask: x\n", "OT135 4:3"},
      {"  word: a\n  boxes: {}\n", "OT136 6:3"},
      {"  word:\n", "OT109 5:3"},
      {"  word: {answer: }\n", "OT109 5:10"},
      {"  word: {answer: [a, ]}\n", ""},
      {"  word: {answer: [a, , b]}\n", "OT109 5:22"},
      {"  word: {answer: {x: y}}\n", "OT130 5:18"},
      {"  word: {answer: []}\n", "OT139 5:10"},
      {"  word: {answer: [a, b, c, d, e, f]}\n", "OT139 5:10"},
      {"  word: {typos: 1}\n", "OT106 5:3"},
      {"  word: {answer: a, typos: два}\n", "OT131 5:28"},
      {"  word: {answer: a, typos: 1.5}\n", "OT131 5:28"},
      {"  word: {answer: a, typos: +-1}\n", "OT131 5:28"},
      {"  word: {answer: a, typos: 6}\n", "OT137 5:28"},
      {"  word: {answer: a, typos: -1}\n", "OT137 5:28"},
      {"  word: {answer: a, typos: 99999999999999999999}\n", "OT137 5:28"},
      {"  word: {answer: a, typos: [1]}\n", "OT130 5:28"},
      {"  word: {answer: a, strict: да}\n", "OT134 5:29"},
      {"  word: {answer: 9,8}\n", "OT640 5:20"},
      {"  word: {answer: \"9\",8}\n", "OT107 5:22"},
      {"  word: {answer: a, keep: case}\n", "OT129 5:27"},
      {"  word: {answer: a, keep: [caes]}\n", "OT134 5:28"},
      {"  word: {answer: a, accept: [{value: b, score: 150%}]}\n", "OT137 5:48"},
      {"  word: {answer: a, accept: [{value: b, score: 1/0}]}\n", "OT132 5:48"},
      {"  word: {answer: a, accept: [{value: b, score: [1]}]}\n", "OT130 5:48"},
      {"  word: {answer: a, accept: [{score: 1}]}\n", "OT106 5:30"},
      {"  word: {answer: a, accept: [{value: \"\"}]}\n", "OT109 5:38"},
      {"  word: {answer: a, accept: [{value: b, say: {de: x}}]}\n", "OT107 5:47"},
      {"  word: {answer: a, accept: [{value: b, say: [x]}]}\n", "OT130 5:46"},
      {"  word: {answer: a, list: file:../x}\n", "OT168 5:27"},
      {"  boxes: [a]\n", "OT108 5:10"},
      {"  boxes: {right: x}\n", "OT129 5:18"},
      {"  boxes: {right: [{id: a}, {id: a}]}\n", "OT167 5:33"},
      {"  boxes: {think: 1m, wrong: {a: x}}\n", "OT645 5:22"},
      {"  boxes: {right: {}, wrong: {a: x}}\n", ""},
      {"  boxes: {wrong: {a: x}, right: []}\n", ""},
      {"  boxes: {think: скоро}\n", "OT133 5:18"},
      {"  pieces: {a: {weight: 0, word: x}}\n", "OT138 5:24"},
      {"  pieces: {a: {weight: 1}}\n", "OT135 5:12"},
      {"  pieces: {a b: {word: x}}\n", "OT159 5:12"},
      {"  pieces: {}\n", "OT139 5:11"},
      {"  word: a\n  points: 0\n", "OT138 6:11"},
      {"  word: a\n  points: -1\n", "OT138 6:11"},
      {"  word: a\n  points: 1000001\n", "OT138 6:11"},
      {"  word: a\n  points: много\n", "OT132 6:11"},
      {"  word: a\n  points: 1,234\n", "OT151 6:11"},
      {"  word: a\n  points: 1 000\n", "OT132 6:11"},
      {"  word: {answer: a, accept: [{value: b, score: \"0,234\"}]}\n", ""},
      {"  word: a\n  samples: [{give: x}]\n", "OT106 6:13"},
      {"  word: a\n  samples: [{give: , score: 1}]\n", "OT109 6:14"},
      {"  word: a\n  samples: [{give: [[x]], score: 1}]\n", "OT130 6:21"},
      {"  word: a\n  samples: [{give: x, score: 1, status: GRADDED}]\n", "OT134 6:41"},
      {"  word: a\n  samples: [{give: x, score: 1, locale: de}]\n", "OT134 6:41"},
  };
  for (const Row& row : rows) EXPECT_EQ(codes(load_yaml(around(row.item))), row.expected) << row.item;
}

TEST(YamlToMessageTest, TheTopOfAFileHasItsRules) {
  const Row rows[] = {
      {"grade: v1\nid: t\n", "OT106 1:1"},
      {"id: t\nitems: [{id: q, word: a}]\n", "OT106 1:1"},
      {"grade: v2\nid: t\nitems: [{id: q, word: a}]\n", "OT134 1:8"},
      {"grade: v1\nid: t\nitems: []\n", "OT139 3:1"},
      {"grade: v1\nid: t\nitems:\n", "OT109 3:1"},
      {"grade: v1\nid: ''\nitems: [{id: q, word: a}]\n", "OT109 2:5"},
      {"grade: v1\nid: -t\nitems: [{id: q, word: a}]\n", "OT159 2:5"},
      {"grade: v1\nid: t\nlocale: de\nitems: [{id: q, word: a}]\n", "OT134 3:9"},
      {"grade: v1\nid: t\nitmes: [{id: q, word: a}]\n", "OT107 3:1"},
      {"- a\n", "OT105 1:1"},
      {"a\n", "OT105 1:1"},
      {"", "OT104 1:1"},
  };
  for (const Row& row : rows) EXPECT_EQ(codes(load_yaml(row.item)), row.expected) << row.item;
}

TEST(YamlToMessageTest, ManyMistakesAreToldAtOnceInTheOrderOfTheFile) {
  EXPECT_EQ(codes(load_yaml("grade: v1\nid: a b\nitems:\n- id: q\n  pionts: 2\n  word: {answer: a, typos: x}\n- ask: z\n  word: b\nrubrik: {}\n")),
            "OT159 2:6, OT107 5:3, OT131 6:28, OT106 7:3, OT107 9:1");
}

TEST(YamlToMessageTest, DiagnosticsAreBounded) {
  std::string text = "grade: v1\nid: t\nitems: [{id: q, word: a}]\n";
  for (int i = 0; i < 300; ++i) text += "x" + std::to_string(i) + ": 1\n";
  const LoadedSpec loaded = load_yaml(text);
  ASSERT_EQ(loaded.diagnostics.size(), 101U);
  EXPECT_EQ(loaded.diagnostics.front().message.id, "OT200");
}

TEST(YamlToMessageTest, SuggestionsComeWithTheKeyTheyReplace) {
  const auto fix_of = [](const std::string& item) { return load_yaml(around(item)).diagnostics.at(0).fix; };
  EXPECT_EQ(fix_of("  wrod: a\n")->replacement, "word");
  EXPECT_FALSE(fix_of("  wrod: a\n")->cyrillic_look_alike);
  EXPECT_EQ(fix_of("  wоrd: a\n")->replacement, "word");
  EXPECT_TRUE(fix_of("  wоrd: a\n")->cyrillic_look_alike);
  EXPECT_EQ(fix_of("  word: {answer: a, keep: [caes]}\n")->replacement, "case");
  EXPECT_FALSE(fix_of("  сочинение: a\n").has_value());
}

TEST(LocationMapTest, LeadsFromAFieldBackToTheFile) {
  const LoadedSpec loaded = load_yaml(around("  word:\n    answer: a\n    accept:\n    - \"q\\tw(e\"\n    - {value: z}\n"));
  const LocationMap& where = loaded.locations;
  const auto place = [](const yaml::Range& r) { return std::to_string(r.line) + ":" + std::to_string(r.column) + "+" + std::to_string(r.length); };
  EXPECT_EQ(place(where.at("id")), "2:5+1");
  EXPECT_EQ(place(where.key("id")), "2:1+2");
  EXPECT_EQ(place(where.at("items[0].word")), "5:3+4");
  EXPECT_EQ(place(where.at("items[0].word.accept[0].value")), "8:7+8");
  EXPECT_EQ(place(where.inside("items[0].word.accept[0].value", 3, 1)), "8:12+1");
  EXPECT_EQ(place(where.at("items[0].word.accept[1].value")), "9:15+1");
  EXPECT_EQ(place(where.at("items[0].word.accept[1].score")), "9:7+1");
  EXPECT_EQ(place(where.at("items[0].points")), "4:3+1");
  EXPECT_EQ(place(where.at("rubric.late")), "1:1+1");
  EXPECT_FALSE(where.has("items[0].points"));
  EXPECT_FALSE(LocationMap().at("id").known());
}

}  // namespace
}  // namespace otmetka::spec
