// Any bytes as a learner's files: names and contents, as items of every shape. No crash, one row for the one learner, and
// what was read can be encoded. A file is its name, a line end, and what follows up to a byte FE.
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "engine/answers/answers_reader.h"
#include "queue/codec.h"

using namespace otmetka;
using checkers::AnswerShape;

namespace {

const std::filesystem::path& folder() {
  static const std::filesystem::path kFolder = [] {
    std::string name = (std::filesystem::temp_directory_path() / "folder_fuzz_XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    std::atexit([] { std::filesystem::remove_all(folder()); });
    return std::filesystem::path(name);
  }();
  return kFolder;
}

void write_files(std::string_view input) {
  const std::filesystem::path learner = folder() / "p-1";
  std::filesystem::remove_all(learner);
  std::filesystem::create_directory(learner);
  for (int files = 0; !input.empty() && files < 16; ++files) {
    const std::string_view file = input.substr(0, input.find('\xFE'));
    input.remove_prefix(std::min(input.size(), file.size() + 1));
    const std::string_view name = file.substr(0, std::min(file.find('\n'), file.size()));
    const bool is_name = !name.empty() && name.size() <= 100 && name != "." && name != ".." &&
                         name.find_first_of(std::string_view("/\0", 2)) == name.npos;
    if (!is_name) continue;
    std::ofstream(learner / name, std::ios::binary) << file.substr(std::min(file.size(), name.size() + 1));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const engine::answers::Shapes kShapes = {{"v", AnswerShape::kText},     {"c", AnswerShape::kChoice},
                                                  {"o", AnswerShape::kSequence}, {"m", AnswerShape::kMapping},
                                                  {"f", AnswerShape::kFiles},    {"trip.v", AnswerShape::kText}};
  write_files({reinterpret_cast<const char*>(data), size});
  auto reader = engine::answers::open_answers(folder().string(), kShapes);
  if (!reader) std::abort();
  const auto row = (*reader)->next();
  if (!row || row->learner != "p-1" || (*reader)->next()) std::abort();
  if (!row->submission) return 0;
  const std::string bytes = queue::encode_submission(*row->submission);
  if (!queue::decode_submission(bytes, queue::Encoding::kProtobuf).ok()) std::abort();
  return 0;
}
