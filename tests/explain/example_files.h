// The files that examples of `otmetka explain` speak of, in a folder that goes with the object.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace otmetka::explain {

class ExampleFiles {
 public:
  ExampleFiles() {
    std::string name = testing::TempDir() + "explain_XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  ~ExampleFiles() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ExampleFiles(const ExampleFiles&) = delete;
  ExampleFiles& operator=(const ExampleFiles&) = delete;

  std::string path() const { return path_.string(); }
  std::string at(const std::string& name) const { return (path_ / name).string(); }

  // Makes the file and its folders; its full path.
  std::string write(const std::string& name, const std::string& bytes) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return at(name);
  }

 private:
  std::filesystem::path path_;
};

}  // namespace otmetka::explain
