#include "tests/e2e/specs.h"

#include <cstdio>

namespace otmetka::e2e {

const char* const kSmallSpec = R"(grade: v1
id: small
title: {ru: Маленькая работа, en: A small assignment}
locale: ru
items:
- id: n
  numeric: "4"
  samples: [{give: "4", score: 1}, {give: "5", score: 0}]
- id: t
  text: Москва
  samples: [{give: Москва, score: 1}, {give: Тверь, score: 0}]
- id: c
  choice: {right: {a: one, b: two}, wrong: {c: three, d: four}, scoring: right_minus_wrong}
  samples: [{give: [a, b], score: 1}, {give: [c], score: 0}]
- id: p
  points: 2
  parts:
    x: {numeric: "2"}
    y: {numeric: {answer: "= x + 1", follow: x}}
  samples:
  - {give: {x: "2", y: "3"}, score: 1}
  - {give: {x: "7", y: "8"}, score: 0.5}
  - {give: {x: "7", y: "9"}, score: 0}
)";

std::string right_line(const std::string& learner) {
  return "{\"learner_id\": \"" + learner +
         "\", \"responses\": {\"n\": \"4\", \"t\": \"Москва\", \"c\": [\"a\", \"b\"], \"p\": {\"x\": \"2\", \"y\": \"3\"}}}\n";
}

std::string many_submissions(int count) {
  std::string out;
  for (int i = 1; i <= count; ++i) {
    char line[256];
    std::snprintf(line, sizeof line,
                  "{\"submission_id\": \"s-%06d\", \"assignment_id\": \"small\", \"learner_id\": \"l-%06d\", "
                  "\"responses\": {\"n\": \"%d\", \"t\": \"Москва\", \"c\": [\"a\", \"b\"]}}\n",
                  i, i, i % 3 == 0 ? 5 : 4);
    out += line;
  }
  return out;
}

}  // namespace otmetka::e2e
