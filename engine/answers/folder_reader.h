// A folder of answers: one subfolder per learner, in it one file or folder per item, named after the item. README.md has the
// rules for teachers.
#pragma once

#include <string>
#include <vector>

#include "engine/answers/answers_reader.h"
#include "engine/answers/folder.h"

namespace otmetka::engine::answers {

inline constexpr std::size_t kMaxLearners = 1'000'000;  // subfolders
inline constexpr std::size_t kMaxEntries = 1000;        // in any one folder of a learner
inline constexpr std::size_t kMaxItemFiles = 200;       // of one program
inline constexpr int kMaxFolderDepth = 8;               // of a program's folders

class FolderReader final : public AnswersReader {
 public:
  // OT369 without any subfolder, OT373 past kMaxLearners.
  static Result<std::unique_ptr<AnswersReader>> open(Folder folder, const Shapes& shapes);

  std::optional<Row> next() override;
  Extent extent() const override { return {at_, learners_.size()}; }

 private:
  FolderReader(Folder folder, const Shapes& shapes) : folder_(std::move(folder)), shapes_(shapes) {}

  Folder folder_;
  Shapes shapes_;
  std::vector<std::string> learners_;  // in the order of their bytes
  std::size_t at_ = 0;
};

}  // namespace otmetka::engine::answers
