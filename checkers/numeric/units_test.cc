#include "checkers/numeric/units.h"

#include <gtest/gtest.h>

#include <set>

#include "checkers/numeric/normal_form.h"
#include "checkers/numeric/unit_table.h"

namespace otmetka::checkers::numeric {
namespace {

Unit unit(std::string_view typed) { return parse_unit(NormalForm(typed).text()); }

// What 1 of `from` is in `to`.
std::string one(std::string_view from, std::string_view to) {
  const Unit wanted = unit(to);
  const Unit given = parse_unit_like(NormalForm(from).text(), wanted);
  if (!is_comparable(given, wanted)) return "another quantity";
  return convert(1, given, wanted).to_string();
}

TEST(Units, ConvertExactly) {
  struct Row { std::string_view from, to, value; };
  const Row rows[] = {
      {"км/ч", "м/с", "5/18"},      {"м/с", "км/ч", "18/5"},     {"см/с²", "м/с²", "1/100"},  {"г/см³", "кг/м³", "1000"},
      {"л", "м³", "1/1000"},        {"мл", "см3", "1"},          {"дм³", "л", "1"},           {"кВт·ч", "Дж", "3600000"},
      {"кВтч", "МДж", "18/5"},      {"ч", "мин", "60"},          {"мин", "с", "60"},          {"сут", "ч", "24"},
      {"т", "кг", "1000"},          {"ц", "кг", "100"},          {"га", "м²", "10000"},       {"мм рт. ст.", "Па", "26664477483/200000000"},
      {"атм", "кПа", "4053/40"},    {"Н", "кг·м/с²", "1"},       {"Дж", "Н·м", "1"},          {"Вт", "Дж/с", "1"},
      {"Па", "Н/м²", "1"},          {"В", "Дж/Кл", "1"},         {"Ом", "В/А", "1"},          {"Кл", "А·с", "1"},
      {"Гц", "1/с", "1"},           {"Гц", "с⁻¹", "1"},          {"Тл", "Вб/м²", "1"},        {"Ф", "Кл/В", "1"},
      {"Гн", "Вб/А", "1"},          {"эВ", "Дж", "801088317/5000000000000000000000000000"},   {"мкм", "м", "1/1000000"},
      {"нм", "м", "1/1000000000"},  {"МВт", "кВт", "1000"},      {"ммоль", "моль", "1/1000"}, {"руб", "коп", "100"},
      {"Кбайт", "байт", "1024"},    {"Мбайт", "Кбайт", "1024"},  {"ГБ", "МБ", "1024"},        {"байт", "бит", "8"},
      {"Мбит/с", "Кбит/с", "1024"}, {"KB", "B", "1024"},         {"тыс. руб.", "руб", "1000"}, {"млн", "тыс", "1000"},
      {"год", "мес", "12"},         {"°", "′", "60"},            {"миля", "м", "201168/125"}, {"дюйм", "см", "127/50"},
      {"л. с.", "Вт", "588399/800"}, {"об/мин", "Гц", "1/60"},   {"дптр", "1/м", "1"},        {"кал", "Дж", "20934/5000"},
      {"mph", "м/с", "1397/3125"}, {"mi/h", "mph", "1"}, {"kmh", "км/ч", "1"}, {"kgs", "кг", "1"}, {"hrs", "мин", "60"},
      {"Mb", "MB", "1/8"}, {"b", "B", "1/8"}, {"кг", "м", "another quantity"}, {"руб", "$", "another quantity"},
      {"рад", "°", "another quantity"},   {"мес", "сут", "another quantity"},
  };
  for (const Row& row : rows) {
    const std::string value = one(row.from, row.to);
    const bool same = value == row.value || (row.from == "кал" && value == "10467/2500");
    EXPECT_TRUE(same) << row.from << " in " << row.to << ": " << value;
  }
}

TEST(Units, CyrillicAndLatinNamesAreAliases) {
  struct Row { std::string_view cyrillic, latin; };
  const Row rows[] = {{"м", "m"},       {"с", "s"},       {"кг", "kg"},      {"Н", "N"},         {"Дж", "J"},     {"ч", "h"},
                      {"мин", "min"},   {"км/ч", "km/h"}, {"м/с²", "m/s^2"}, {"Па", "Pa"},       {"Вт", "W"},     {"В", "V"},
                      {"А", "A"},       {"Ом", "Ω"},      {"Ом", "Ω"},       {"кОм", "kΩ"},      {"Гц", "Hz"},    {"К", "K"},
                      {"К", "K"},       {"моль", "mol"},  {"л", "L"},        {"мкм", "µm"},      {"мкм", "μm"},   {"мкм", "um"},
                      {"кВт·ч", "kWh"}, {"Тл", "T"},      {"°С", "°C"},      {"°С", "℃"},        {"г/см³", "g/cm3"}};
  for (const Row& row : rows) EXPECT_EQ(one(row.latin, row.cyrillic), "1") << row.latin;
}

TEST(Units, OneUnitHasManySpellings) {
  struct Row { std::string_view wanted; std::vector<std::string_view> spellings; };
  const Row rows[] = {
      {"м/с²", {"м/с^2", "м/с2", "м/с/с", "м*с^-2", "м·с⁻²", "м с-2", "м / с²", "м/(с·с)", "метров/с²", "m/s2", "м/c²"}},
      {"кг·м/с²", {"кг*м/с^2", "кг м/с²", "кг.м/с2", "кг·м·с⁻²", "кг×м/с²", "Н", "м·кг/с²", "кг⋅м/с²"}},
      {"Дж/(кг·К)", {"Дж/кг/К", "Дж/кг·К", "Дж/кг*К", "Дж/(кг К)", "Дж·кг⁻¹·К⁻¹", "Дж/(кг·°C)", "Дж/кг·°С", "J/(kg K)"}},
      {"км/ч", {"км в час", "км / час", "km per hour", "км/час", "км в ч", "Км/ч", "км/ч.", "километров в час"}},
      {"м²", {"кв. м", "кв.м", "м кв", "м кв.", "м2", "м^2", "м·м", "m²", "квадратных метров"}},
      {"м³", {"куб. м", "куб.м", "м куб.", "м3", "cubic metres", "кубических метров"}},
      {"кВт·ч", {"кВт*ч", "кВт-ч", "кВт ч", "кВтч", "kWh", "кВт.ч"}},
      {"с", {"сек", "сек.", "секунд", "секунды", "c"}},
      {"руб", {"р", "р.", "руб.", "рублей", "₽"}},
      {"°C", {"° C", "°С", "градусов Цельсия", "ºC", "˚C"}},
      {"кг", {"Кг", "КГ", "килограмм", "килограммов", "kilograms", "kг"}},
      {"Н", {"ньютон", "N", "H"}},  // H on a Latin keyboard is henry, unless newtons are asked for
  };
  for (const Row& row : rows) {
    for (const std::string_view spelling : row.spellings) EXPECT_EQ(one(spelling, row.wanted), "1") << spelling;
  }
}

TEST(Units, ScalesWithAnOffsetMeanPointsWhenAloneAndDifferencesInside) {
  EXPECT_EQ(convert(0, unit("°C"), unit("К")).to_string(), "5463/20");
  EXPECT_EQ(convert(Rational::fraction(30015, 100), unit("К"), unit("°C")).to_string(), "27");
  EXPECT_EQ(convert(212, unit("°F"), unit("°C")).to_string(), "100");
  EXPECT_EQ(convert(-40, unit("°C"), unit("°F")).to_string(), "-40");
  EXPECT_EQ(convert(5, unit("Дж/°C"), unit("Дж/К")).to_string(), "5");
  EXPECT_EQ(convert(5, unit("°C/мин"), unit("К/мин")).to_string(), "5");
}

TEST(Units, WhatIsNotKnownIsKeptAsWritten) {
  for (const std::string_view text : {"яблок", "м/яблоко", "мпа", "км/", "м^", "м^10", "м^0", "(м", "м)", "м··с", "()", "м/(с",
                                      "((((((м))))))", "м·м·м·м·м·м·м·м·м", "кв", "1/", "км в "}) {
    const Unit found = parse_unit(text);
    EXPECT_EQ(found.kind, UnitKind::kUnknown) << text;
    EXPECT_EQ(found.text, text);
  }
  EXPECT_EQ(parse_unit("").kind, UnitKind::kNone);
  EXPECT_TRUE(is_comparable(parse_unit("яблок"), parse_unit("ЯБЛОК.")));
  EXPECT_FALSE(is_comparable(parse_unit("яблок"), parse_unit("груш")));
  EXPECT_FALSE(is_comparable(parse_unit("яблок"), parse_unit("м")));
}

TEST(Units, CaseMattersWhereItTellsUnitsApart) {
  EXPECT_EQ(one("мВт", "Вт"), "1/1000");
  EXPECT_EQ(one("МВт", "Вт"), "1000000");
  EXPECT_EQ(one("мм", "м"), "1/1000");
  EXPECT_EQ(one("Мм", "м"), "1000000");
  EXPECT_EQ(parse_unit("См").dimension, parse_unit("1/Ом").dimension);
  EXPECT_EQ(parse_unit("мпа").kind, UnitKind::kUnknown);
}

TEST(Units, TwoSymbolsWrittenTogetherAreTheirProduct) {
  struct Row { std::string_view typed, wanted; };
  for (const Row& row : {Row{"Нм", "Дж"}, Row{"Nm", "Дж"}, Row{"Hм", "Дж"}, Row{"Нm", "Дж"}, Row{"Нс", "кг·м/с"}, Row{"ВА", "Вт"},
                         Row{"VA", "W"}, Row{"Пас", "Па·с"}, Row{"Ач", "Кл"}, Row{"Дж/(кгК)", "Дж/(кг·К)"}}) {
    EXPECT_NE(one(row.typed, row.wanted), "another quantity") << row.typed;
  }
  EXPECT_EQ(one("кНм", "Н·м"), "1000");
  EXPECT_EQ(unit("Нм").dimension, unit("Дж").dimension) << "a key with nothing to compare it to";
  EXPECT_EQ(one("нм", "Н·м"), "another quantity") << "nanometre as it is written";
  EXPECT_EQ(one("Нм", "м"), "1/1000000000") << "where lengths are asked for";
  EXPECT_EQ(unit("Кг").dimension, unit("кг").dimension) << "never kelvin gram";
}

TEST(Units, CapitalsAreReadWhereOneReadingHasTheWantedDimension) {
  struct Row { std::string_view typed, wanted, readings; };
  const Row rows[] = {{"KM/H", "км/ч", "km/h"},   {"КМ/Ч", "км/ч", "км/ч"}, {"KM/H", "м/с", "km/h"},   {"СМ", "м", "см"},
                      {"KG", "кг", "kg"},         {"KW", "Вт", "kW"},       {"ММ", "м", "Мм мм"},      {"MM", "м", "Mm mm"},
                      {"МВТ", "Вт", "МВт мВт"},   {"MPA", "Па", "MPa mPa"}, {"мпа", "Па", "МПа мПа"},  {"MW", "Вт", "MW"},
                      {"MS", "с", "Ms ms"},       {"MS", "См", "MS"},       {"см", "См", "см"},        {"КМ/Ч", "кг", "км/ч"},
                      {"НМ", "м", "нм"},       {"СМ", "Ом", "СМ"}};
  for (const Row& row : rows) {
    std::string all;
    for (const Unit& found : unit_readings(row.typed, unit(row.wanted))) all += (all.empty() ? "" : " ") + found.text;
    EXPECT_EQ(all, row.readings) << row.typed << " for " << row.wanted;
  }
}

TEST(Units, LooksLikeUnit) {
  for (const std::string_view text : {"м", "/с", "1/с", "м/с^2", "м/с2", "Дж/(кг*К)", "°C", "км в час", "с^-1", "$", "м^(-2)"}) {
    EXPECT_TRUE(looks_like_unit(text)) << text;
  }
  for (const std::string_view text : {"", "5", "и 6", "м 6", "м25", "x1F", "_м", "^2", "*м", "-м", ")", "м=", "м, с", "м_с"}) {
    EXPECT_FALSE(looks_like_unit(text)) << text;
  }
  EXPECT_FALSE(looks_like_unit(std::string(65, 'm')));
}

TEST(UnitTable, NamesNothingTwice) {
  std::set<std::string, std::less<>> seen;
  std::size_t count = 0;
  for (const UnitRow& row : unit_rows()) {
    for (std::string_view list : {row.symbols, row.names}) {
      while (!list.empty()) {
        const std::size_t end = std::min(list.find('|'), list.size());
        EXPECT_TRUE(seen.emplace(list.substr(0, end)).second) << list.substr(0, end);
        ++count;
        list.remove_prefix(std::min(end + 1, list.size()));
      }
    }
  }
  EXPECT_GT(count, 400U);
}

}  // namespace
}  // namespace otmetka::checkers::numeric
