// CSV written out: quoted by RFC 4180, and safe to open in a spreadsheet.
#pragma once

#include <string>
#include <string_view>

namespace otmetka::engine::answers {

// A cell of somebody's text. What a spreadsheet would run, a text that begins with = + - @ (full-width ones too), a tab or a
// line end, gets an apostrophe in front; the spreadsheet shows it as a text. Bytes that are no UTF-8 become U+FFFD.
void append_csv_text(std::string_view text, char separator, std::string& out);

// A cell that the program itself has made and that must stay as it is: a number such as -0.5, a status, a time.
void append_csv_plain(std::string_view text, char separator, std::string& out);

}  // namespace otmetka::engine::answers
