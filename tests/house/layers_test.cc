#include "tests/house/layers.h"

#include <gtest/gtest.h>

#include "tests/house/scratch_tree.h"

namespace otmetka::house {
namespace {

constexpr const char* kLaw = R"(
# a comment
folder model:
folder queue: model      # with a reason
folder queue/kafka: queue model
folder tests: *
file queue/*_test.cc: tests
library rdkafka: queue/kafka
library unistd.h: queue
never model: thread fstream
)";

Layers law(const char* text, Findings& findings) { return parse_layers({"tools/layers.txt", text}, findings); }

TEST(ParseLayers, ReadsFoldersFilesLibrariesAndNever) {
  Findings findings;
  const Layers layers = law(kLaw, findings);
  EXPECT_EQ(told(findings), "");
  EXPECT_EQ(layers.folders.at("queue"), std::vector<std::string>{"model"});
  EXPECT_EQ(layers.folder_of("queue/kafka/a.cc"), "queue/kafka");
  EXPECT_EQ(layers.folder_of("queue/embedded/a.cc"), "queue");
  EXPECT_EQ(layers.folder_of("queues/a.cc"), "");
}

TEST(ParseLayers, NamesLinesThatItCannotRead) {
  Findings findings;
  law("folder model\nfoldr a: b\nfolder: x\nfolder a: b\nfolder a: c\n", findings);
  std::vector<int> lines;
  for (const Finding& finding : findings) lines.push_back(finding.line);
  EXPECT_EQ(lines, (std::vector<int>{1, 2, 3, 5}));
}

TEST(CheckLaw, FindsCirclesAndFoldersThatAreNotThere) {
  Findings findings;
  const Layers layers = law("folder a: b\nfolder b: c\nfolder c: a\nfolder d: e\nfile d/x.cc: f\n", findings);
  const Findings found = check_law(layers, "tools/layers.txt");
  ASSERT_EQ(found.size(), 5u) << told(found);
  EXPECT_NE(found[0].what.find("a includes itself"), std::string::npos);
  EXPECT_NE(found[3].what.find("may include e"), std::string::npos);
  EXPECT_NE(found[4].what.find("may include f"), std::string::npos);
}

TEST(CheckIncludes, EachWayToBreakTheLaw) {
  const ScratchTree scratch({{"model/ratio.h", ""}, {"queue/source.h", ""}, {"queue/kafka/k.h", ""}, {"queue/q.proto", ""}, {"tests/t.h", ""}});
  const SourceTree tree = scratch.read();
  Findings ignored;
  const Layers layers = law(kLaw, ignored);
  struct Row {
    const char* path;
    const char* include;
    const char* finding;  // part of it; empty: allowed
  };
  const Row rows[] = {
      {"queue/a.cc", "\"model/ratio.h\"", ""},
      {"queue/a.cc", "\"queue/source.h\"", ""},
      {"queue/a.cc", "\"queue/q.pb.h\"", ""},
      {"queue/a.cc", "\"source.h\"", "from the root"},
      {"queue/a.cc", "\"queue/../model/ratio.h\"", "from the root"},
      {"queue/a.cc", "\"model/gone.h\"", "no file"},
      {"queue/a.cc", "\"queue/gone.pb.h\"", "no file"},
      {"queue/a.cc", "\"queue/kafka/k.h\"", "does not let queue include queue/kafka"},
      {"model/a.cc", "\"queue/source.h\"", "does not let model include queue"},
      {"queue/a_test.cc", "\"tests/t.h\"", ""},
      {"queue/a.cc", "\"tests/t.h\"", "does not let"},
      {"tests/a.cc", "\"queue/kafka/k.h\"", ""},
      {"queue/kafka/a.cc", "<rdkafka.h>", ""},
      {"queue/a.cc", "<rdkafka.h>", "outside the library's home"},
      {"queue/a_test.cc", "<rdkafka.h>", ""},
      {"queue/a_test.cc", "<boost/x.hpp>", "no home"},
      {"queue/a.cc", "<boost/x.hpp>", "no home"},
      {"queue/a.cc", "<map>", ""},
      {"queue/a.cc", "<unistd.h>", ""},
      {"model/a.cc", "<unistd.h>", "outside"},
      {"model/a.cc", "<thread>", "never"},
      {"model/a_test.cc", "<thread>", ""},
      {"attic/a.cc", "<map>", "does not name"},
  };
  for (const Row& row : rows) {
    const Findings found = check_includes({row.path, "#include " + std::string(row.include) + "\n"}, tree, layers);
    if (*row.finding == '\0') {
      EXPECT_EQ(told(found), "") << row.path << ' ' << row.include;
    } else {
      ASSERT_EQ(found.size(), 1u) << row.path << ' ' << row.include;
      EXPECT_NE(found[0].what.find(row.finding), std::string::npos) << told(found);
    }
  }
}

}  // namespace
}  // namespace otmetka::house
