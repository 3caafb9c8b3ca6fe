// What a written number can mean: its readings.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "checkers/numeric/rational.h"
#include "model/message.h"

namespace otmetka::checkers::numeric {

enum class Locale { kNone, kRussian, kEnglish };
enum class Notation { kAny, kComma, kPoint };

// "ru", "ru-RU", "en", "en_GB"; anything else, and nothing, is kNone.
Locale locale_from_tag(std::string_view tag);

inline constexpr int kMaxDigits = 64;     // significant digits of a number, a numerator or a denominator
inline constexpr int kMaxExponent = 400;  // of the power of ten as written

enum class Form { kInteger, kDecimal, kFraction, kMixed, kPower };

// One meaning of the text.
struct Reading {
  Rational value;              // percent and exponent already applied
  Form form = Form::kInteger;  // kPower: a bare 10^5
  char decimal_mark = 0;       // ',' '.' or 0
  char group_mark = 0;         // ' ' '\'' ',' '.' or 0
  bool percent = false;        // % or ‰
  int exponent = 0;            // of `e5` or `·10^5`
  int decimals = 0;            // places of the value after the point as written: 2 for 9.80, 1 for 98e-1, 3 for 1.5%
  // Significant figures as written. They differ only for whole numbers that end in zeros: 980 may have two or three.
  // 0 for fractions and bare powers, which are not written in figures.
  int least_figures = 0;
  int most_figures = 0;

  bool is_in_figures() const { return form == Form::kInteger || form == Form::kDecimal; }
};

enum class ParseFault {
  kNone,
  kEmpty,
  kNotANumber,    // no number where one should begin
  kTrailing,      // a number, then something that is neither number nor unit
  kGrouping,      // digits and marks that make no number in any notation: 1,23,4
  kTooLong,       // more than kMaxNumberBytes
  kTooManyDigits,
  kExponent,      // |exponent| > kMaxExponent
  kZeroDivisor,   // 3/0
  kNotText,       // invalid UTF-8 or control characters
};

// All meanings of a text, at most four, all different in value or in decimals; none when `fault` says why.
struct Readings {
  std::array<Reading, 4> all;
  std::size_t count = 0;
  std::string unit;  // in normal form (normal_form.h), empty where there is none; the same for every reading
  ParseFault fault = ParseFault::kNone;

  const Reading* begin() const { return all.data(); }
  const Reading* end() const { return all.data() + count; }
};

// Reads a number with an optional unit. Bytes of any kind; linear in them, at most kMaxNumberBytes, no allocation for
// numbers of up to 37 digits with a unit of up to 15 bytes.
//
//   answer   = [sign] (decimal [exponent] | [whole] fraction | "10" power) [percent] [unit]
//   percent  = "%" | "‰" | "процентов" and its other endings, "проц" | "percent" | "per cent", the words only at the end
//   decimal  = digits in groups or not, [mark digits], or mark digits
//   exponent = ("e" | "E" | "е" | "Е") [sign] digits  |  ("*" | "x" | "х") "10" power
//   power    = "^" [sign] digits | "^(" [sign] digits ")"
//   fraction = digits "/" digits; after a whole number and a space it is proper, without a leading zero
//   groups   = one to three digits, not beginning with 0, then three and three, all parted by one kind of mark
//
// Marks, by locale: ru: `,` and `.` are decimal marks, groups are spaces or apostrophes, and `.` where a decimal comma
// follows. en: `.` is the decimal mark, groups are commas or spaces. None: what ru or en allow. Where that gives nothing,
// `,` as mark with `.` groups and `.` as mark with `,` or apostrophe groups are tried too. A notation takes the place of
// the locale: comma: `,` with spaces, apostrophes or `.` as groups; point: `.` with spaces, apostrophes or `,`.
Readings parse_number(std::string_view text, Locale locale, Notation notation = Notation::kAny);

// What a learner may write around it besides: `x = ` before it (one letter), brackets around all, full stops, commas and
// semicolons at the end.
Readings parse_answer(std::string_view text, Locale locale, Notation notation = Notation::kAny);

// Why there is no reading, as a message to the learner.
Message describe(ParseFault fault);

// What one reading means, and which mark it took for what: "1234: «,» отделяет группы по три цифры".
Message describe(const Reading& reading);

// A number as an argument of a message: a decimal where it has a short one (comma in Russian), else "2/3" or "6.02e23".
Arg number_arg(const Rational& value);

}  // namespace otmetka::checkers::numeric
