// Any bytes as a table: no crash, and one row for each record that is not blank.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

#include "engine/answers/csv_reader.h"
#include "queue/codec.h"

using namespace otmetka;
using checkers::AnswerShape;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const engine::answers::Shapes kShapes = {{"v", AnswerShape::kText},        {"c", AnswerShape::kChoice},
                                                  {"o", AnswerShape::kSequence},    {"m", AnswerShape::kMapping},
                                                  {"trip.v", AnswerShape::kText}};
  const int fd = ::memfd_create("table", 0);
  if (fd < 0 || ::write(fd, data, size) != static_cast<ssize_t>(size) || ::lseek(fd, 0, SEEK_SET) != 0) std::abort();
  auto reader = engine::answers::CsvReader::open(engine::answers::InputFile(fd, "table.csv"), kShapes);
  if (!reader) return 0;
  std::size_t rows = 0;
  std::int64_t line = 0;
  while (const auto row = (*reader)->next()) {
    if (++rows > size || row->origin.line <= line) std::abort();
    line = row->origin.line;
    if (!row->submission) continue;
    const std::string bytes = queue::encode_submission(*row->submission);
    if (!queue::decode_submission(bytes, queue::Encoding::kProtobuf).ok()) std::abort();
  }
  return 0;
}
