// The editor's schema and the reference page come from the same options as the reader.
#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/pointer.h>

#include <fstream>
#include <set>
#include <string>

#include "spec/schema_files.h"
#include "spec/test_kinds.h"
#include "spec/yaml_schema.h"

namespace otmetka::spec {
namespace {

google::protobuf::FileDescriptorSet descriptor_set() {
  google::protobuf::FileDescriptorSet files;
  std::ifstream in(OTMETKA_BINARY_DIR "/spec_test_kinds.binpb", std::ios::binary);
  EXPECT_TRUE(files.ParseFromIstream(&in));
  return files;
}

const SchemaFiles& files() {
  static const auto opened = SchemaFiles::open(descriptor_set(), test_kinds());
  EXPECT_TRUE(opened.ok());
  return *opened;
}

rapidjson::Document schema() {
  rapidjson::Document json;
  json.Parse(json_schema(files()).c_str());
  EXPECT_FALSE(json.HasParseError());
  return json;
}

std::string at(const rapidjson::Document& json, const char* pointer) {
  const auto* value = rapidjson::Pointer(pointer).Get(json);
  if (value == nullptr) return "(none)";
  if (value->IsString()) return value->GetString();
  if (value->IsInt64()) return std::to_string(value->GetInt64());
  if (value->IsBool()) return value->GetBool() ? "true" : "false";
  return "(other)";
}

TEST(JsonSchemaTest, SaysWhatTheOptionsSay) {
  const auto json = schema();
  EXPECT_EQ(at(json, "/$schema"), "https://json-schema.org/draft/2020-12/schema");
  EXPECT_EQ(at(json, "/$ref"), "#/$defs/AssessmentSpec");
  EXPECT_EQ(at(json, "/$defs/AssessmentSpec/properties/items/minItems"), "1");
  EXPECT_EQ(at(json, "/$defs/AssessmentSpec/properties/items/maxItems"), "10000");
  EXPECT_EQ(at(json, "/$defs/AssessmentSpec/required/0"), "grade");
  EXPECT_EQ(at(json, "/$defs/AssessmentSpec/additionalProperties"), "false");
  EXPECT_EQ(at(json, "/$defs/Item/properties/word/$ref"), "#/$defs/WordSettings");
  EXPECT_EQ(at(json, "/$defs/Item/oneOf/2/required/0"), "pieces");
  EXPECT_EQ(at(json, "/$defs/Item/properties/kind/$ref"), "(none)");
  EXPECT_EQ(at(json, "/$defs/Item/properties/points/default"), "1");
  EXPECT_EQ(at(json, "/$defs/Item/properties/points/exclusiveMinimum"), "0");
  EXPECT_EQ(at(json, "/$defs/Item/properties/id/maxLength"), "64");
  EXPECT_EQ(at(json, "/$defs/Attempts/properties/use/anyOf/0/const"), "best");
  EXPECT_EQ(at(json, "/$defs/Attempts/properties/max/maximum"), "1000");
  EXPECT_EQ(at(json, "/$defs/Late/properties/grace/pattern"), "^(0|([0-9]+[dhms])+)$");
  EXPECT_EQ(at(json, "/$defs/WordSettings/anyOf/0/properties/answer/anyOf/0/type"), "array");
  EXPECT_EQ(at(json, "/$defs/WordSettings/anyOf/0/properties/keep/items/anyOf/1/const"), "ё");
  EXPECT_EQ(at(json, "/$defs/WordSettings/anyOf/0/properties/typos/description"), "Typos forgiven.");
  EXPECT_EQ(at(json, "/$defs/BoxesSettings/properties/right/anyOf/1/additionalProperties/$ref"), "#/$defs/Box.keyed");
  EXPECT_EQ(at(json, "/$defs/Box.keyed/anyOf/0/properties/id/type"), "(none)");
  EXPECT_EQ(at(json, "/$defs/PiecesSettings/anyOf/1/additionalProperties/$ref"), "#/$defs/Piece.keyed");
}

void collect_references(const rapidjson::Value& value, std::set<std::string>& out) {
  if (value.IsObject()) {
    for (const auto& member : value.GetObject()) {
      if (std::string(member.name.GetString()) == "$ref" && member.value.IsString()) out.insert(member.value.GetString());
      collect_references(member.value, out);
    }
  } else if (value.IsArray()) {
    for (const auto& element : value.GetArray()) collect_references(element, out);
  }
}

TEST(JsonSchemaTest, EveryReferenceHasItsDefinition) {
  const auto json = schema();
  std::set<std::string> references;
  collect_references(json, references);
  EXPECT_GE(references.size(), 10U);
  for (const std::string& reference : references) {
    EXPECT_TRUE(json["$defs"].HasMember(reference.substr(std::string("#/$defs/").size()).c_str())) << reference;
  }
}

TEST(ReferencePageTest, NamesEveryKeyWithTypeDefaultAndMeaning) {
  const std::string page = reference_page(files());
  for (const char* line : {
           "| `grade` | text | **required** | The version of this format: `v1`. |",
           "| `points` | number above zero | `1` | What a full answer is worth. |",
           "| `word` | [WordSettings](#wordsettings) | one of these | A word. |",
           "| `typos` | whole number, 0–5 | `0` | Typos forgiven. |",
           "| `keep` | list of word |  | What counts.<br>`case`: Case.<br>`ё`: The letter yo. |",
           "| `right` | list of [Box](#box), or a mapping by `id` |  | Right ones. |",
           "| `answer` | list of text, or one, 1–5 | **required** | Right answers. |",
           "| `grace` | length of time (`10m`, `1h30m`) | `0` | How long after the due time nothing is lost. |",
           "Written as a mapping by `id`: each value is a [Piece](#piece).",
           "A bare value stands for `answer`.",
       }) {
    EXPECT_NE(page.find(line), std::string::npos) << line;
  }
  for (const auto* message : files().messages()) {
    if (is_keyed_wrapper(*message)) continue;
    for (const std::string& key : known_keys(*message, files().kinds())) {
      EXPECT_NE(page.find("| `" + key + "` |"), std::string::npos) << message->name() << "." << key;
    }
  }
}

// A key without a comment has no line in the reference page: the project's own files must have them all.
TEST(ReferencePageTest, EveryKeyOfTheSpecHasAComment) {
  for (const auto* message : files().messages()) {
    EXPECT_NE(SchemaFiles::comment(*message), "") << message->full_name();
    for (int i = 0; i < message->field_count(); ++i) EXPECT_NE(SchemaFiles::comment(*message->field(i)), "") << message->field(i)->full_name();
  }
}

TEST(SchemaFilesTest, AMissingFileIsAnError) {
  EXPECT_FALSE(SchemaFiles::open({}, test_kinds()).ok());
  auto set = descriptor_set();
  set.mutable_file()->RemoveLast();
  const auto opened = SchemaFiles::open(set, test_kinds());
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.failure().code(), "OT599");
}

}  // namespace
}  // namespace otmetka::spec
