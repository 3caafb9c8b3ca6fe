#include "checkers/text/labels.h"

#include <gtest/gtest.h>

namespace otmetka::checkers::text {
namespace {

TEST(Labels, AreFoundAsTextsAreCompared) {
  Labels labels;
  for (const char* name : {"Париж", "Ёлка", "New York", "а", "А", "б"}) labels.add(name);
  const std::pair<const char*, const char*> rows[] = {{"Париж", "Париж"},      {" париж. ", "Париж"},     {"ПAPИЖ", "Париж"},  // Latin A and P
                                                      {"елка", "Ёлка"},        {"new  york", "New York"}, {"Nеw York", "New York"},
                                                      {"а", "а"},              {"А", "А"},                {"Б", "б"}};
  for (const auto& [typed, name] : rows) EXPECT_EQ(labels.find(typed), name) << typed;
  for (const char* typed : {"", "Лондон", "Парижж", "А.", "\xFF"}) EXPECT_EQ(labels.find(typed), std::nullopt) << typed;
}

}  // namespace
}  // namespace otmetka::checkers::text
