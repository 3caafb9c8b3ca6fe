// The kind that docs/adding-a-checker.md makes, built from the page itself.
#include <gtest/gtest.h>

#include "checkers/checker.h"
#include "spec/load.h"

namespace otmetka::checkers::parity {
CheckerType type();  // of the page's own header, which lies in the build folder
}

namespace otmetka::checkers {
namespace {

Made make_from_yaml(const std::string& item) {
  const CheckerType kind = parity::type();
  const spec::KindRow rows[] = {{kind.name, kind.settings()}};
  spec::LoadOptions options;
  options.kinds = rows;
  const spec::LoadedSpec loaded = spec::load_text("grade: v1\nid: a\nitems:\n- {id: x, " + item + "}\n", spec::Form::kYaml, options);
  if (!loaded.ok() || loaded.message.items_size() != 1) return {};
  MakeContext context;
  context.find = [](std::string_view) -> const CheckerType* {
    static const CheckerType kKind = parity::type();
    return &kKind;
  };
  return make_checker(loaded.message.items(0).kind(), context);
}

TEST(AddingAChecker, ThePagesKindIsReadFromYamlAndGrades) {
  const Made made = make_from_yaml("parity: even");
  ASSERT_NE(made.checker, nullptr);
  const std::tuple<const char*, Ratio, Verdict> rows[] = {
      {"4", Ratio(1), Verdict::kGraded},       {" 10 ", Ratio(1), Verdict::kGraded},     {"7", Ratio(0), Verdict::kGraded},
      {"four", Ratio(0), Verdict::kInvalidInput}, {"", Ratio(0), Verdict::kNotAttempted}, {"\xff", Ratio(0), Verdict::kInvalidInput},
  };
  CheckContext context;
  context.explain = true;
  for (const auto& [typed, credit, status] : rows) {
    const Outcome outcome = made.checker->check(TextAnswer{typed}, context);
    EXPECT_EQ(outcome.credit, credit) << typed;
    EXPECT_EQ(outcome.status, status) << typed;
  }
  EXPECT_EQ(made.checker->check(MappingAnswer{}, context).status, Verdict::kInvalidInput);
}

TEST(AddingAChecker, ThePagesKindRefusesWhatItsSchemaDoesNotKnow) {
  EXPECT_EQ(make_from_yaml("parity: sometimes").checker, nullptr);
  EXPECT_EQ(make_from_yaml("parity: {answr: even}").checker, nullptr);
}

TEST(AddingAChecker, ThePagesTextsAreInBothLanguages) {
  const auto entries = parity::type().messages();
  EXPECT_FALSE(entries.empty());
  for (const messages::Entry& entry : entries) {
    EXPECT_FALSE(entry.ru.empty()) << entry.id;
    EXPECT_FALSE(entry.en.empty()) << entry.id;
  }
}

}  // namespace
}  // namespace otmetka::checkers
