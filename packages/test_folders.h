// data/ as it lies on disk, before anything is made of it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checkers/program/task.h"
#include "packages/group_settings.h"
#include "packages/package_files.h"
#include "packages/yaml_value.h"

namespace otmetka::packages {

struct TestFolder {
  struct Member {
    bool folder = false;
    std::size_t index = 0;  // in TestFolders::folders or ::tests
  };
  std::string id;  // "secret/group1"; the root's is empty
  GroupSettings settings;
  bool configured = false;  // has a YAML file of its own
  std::string file;         // which: "data/secret/test_group.yaml"
  std::vector<Member> members;
};

struct TestFiles {
  std::string id;       // "secret/group1/03-large"
  checkers::program::Data in, out;
  std::vector<std::pair<std::string, checkers::program::Data>> beside;  // NAME.files/, by name
  std::optional<GroupSettings> settings;
};

struct TestFolders {
  std::vector<TestFolder> folders;  // the first is data/ itself; a folder stands before those in it
  std::vector<TestFiles> tests;
};

// Errors and warnings of read_test_data (test_data.h). Constants are put into the YAML files.
Result<TestFolders> read_test_folders(const PackageFiles& files, const Constants& constants, std::vector<Message>& warnings);

}  // namespace otmetka::packages
