// A folder for a test's files, gone afterwards; and submissions in one line of text.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "engine/answers/answers_reader.h"

namespace otmetka::engine::answers {

class TestFolder {
 public:
  TestFolder() {
    std::string name = testing::TempDir() + "answers_XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  ~TestFolder() { std::filesystem::remove_all(path_); }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  std::string path(std::string_view name = "") const { return path_ + "/" + std::string(name); }
  std::string write(std::string_view name, std::string_view bytes) const {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }

 private:
  std::string path_;
};

// `v=72; primes=[a|b]; capitals={x:y}; sum=<main.py:3>; bad=!OT320`.
inline std::string shown(const Submission& submission) {
  struct {
    static std::string list(const std::vector<std::string>& all) {
      std::string out;
      for (const auto& one : all) out += (out.empty() ? "" : "|") + one;
      return "[" + out + "]";
    }
    std::string operator()(const TextAnswer& a) const { return a.text; }
    std::string operator()(const ChoiceAnswer& a) const { return "choice" + list(a.ticked); }
    std::string operator()(const SequenceAnswer& a) const { return list(a.elements); }
    std::string operator()(const MappingAnswer& a) const {
      std::string out;
      for (const auto& [left, right] : a.pairs) out += (out.empty() ? "" : ",") + left + ":" + right;
      return "{" + out + "}";
    }
    std::string operator()(const FilesAnswer& a) const {
      std::string out;
      for (const auto& file : a.files) out += (out.empty() ? "" : ",") + file.name + ":" + std::to_string(file.bytes.size());
      return "<" + out + ">";
    }
    std::string operator()(const MisshapenAnswer& a) const { return "!" + a.reason.id; }
  } const visitor;
  std::string out;
  for (const Response& response : submission.responses) {
    out += (out.empty() ? "" : "; ") + response.part.value + "=" + std::visit(visitor, response.answer);
  }
  return out;
}

inline std::string shown(const Row& row) {
  const std::string head = std::to_string(row.origin.line) + " " + row.learner + ": ";
  return head + (row.submission ? shown(*row.submission) : row.submission.failure().code());
}

inline std::vector<std::string> all_rows(AnswersReader& reader) {
  std::vector<std::string> out;
  while (const auto row = reader.next()) out.push_back(shown(*row));
  return out;
}

// All rows of a file, or its Error's code.
inline std::vector<std::string> read_all(const std::string& path, const Shapes& shapes = {}) {
  auto reader = open_answers(path, shapes);
  return reader ? all_rows(**reader) : std::vector<std::string>{reader.failure().code()};
}

inline std::vector<std::string> codes(const std::vector<Message>& notices) {
  std::vector<std::string> out;
  for (const Message& notice : notices) out.push_back(notice.id);
  return out;
}

}  // namespace otmetka::engine::answers
