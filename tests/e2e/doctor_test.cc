// `otmetka doctor` looks at what the configuration names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Doctor : public testing::Test {
 protected:
  Ran doctor(const std::string& config) const {
    return run(folder, otmetka({"doctor", "--lang", "en", "--format", "json", "--config", folder.write("c.yaml", config)}));
  }
  void expect_failed(const std::string& check, const std::string& setting, const std::string& fix) const {
    const Ran ran = doctor(setting + "\n");
    EXPECT_EQ(ran.exit_code, 1) << setting;
    EXPECT_THAT(ran.out, HasSubstr("{\"check\":\"" + check + "\",\"state\":\"failed\"")) << setting;
    EXPECT_THAT(ran.out, HasSubstr(fix)) << setting;
  }

  Scratch folder;
  std::string file = folder.write("file.txt", "text");
};

TEST_F(Doctor, AFileWhereAFolderIsNeededFails) {
  expect_failed("queue", "queue: embedded:file.txt", "where a folder is needed");
  expect_failed("queue", "queue: embedded:file.txt/queue", "where a folder is needed");
  expect_failed("specs", "specs: file.txt", "where a folder is needed");
  expect_failed("gradebook", "gradebook: sqlite:file.txt/book.db", "where a folder is needed");
}

TEST_F(Doctor, AFolderWhereAFileIsNeededFails) {
  std::filesystem::create_directory(folder.path() / "books");
  expect_failed("gradebook", "gradebook: sqlite:books", "where a file is needed");
}

TEST_F(Doctor, WhatIsNotThereYetIsFineWhereItCanBeMade) {
  std::filesystem::create_directory(folder.path() / "specs");
  const Ran ran = doctor("queue: embedded:new/queue\ngradebook: sqlite:new/book.db\nspecs: specs\n");
  for (const char* check : {"queue", "gradebook", "specs"}) {
    const std::string named = std::string("{\"check\":\"") + check + "\",\"state\":\"";
    EXPECT_THAT(ran.out, AllOf(HasSubstr(named), Not(HasSubstr(named + "failed"))));
  }
}

}  // namespace
}  // namespace otmetka::e2e
