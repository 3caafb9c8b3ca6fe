#include "spec/json_writer.h"

#include <array>
#include <cstdio>

#include "spec/display_width.h"

namespace otmetka::spec {

void JsonWriter::new_line() {
  if (indent_ == 0) return;
  out_ += '\n';
  out_.append(has_members_.size() * static_cast<std::size_t>(indent_), ' ');
}

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_members_.empty()) return;
  if (has_members_.back()) out_ += ',';
  has_members_.back() = true;
  new_line();
}

void JsonWriter::open(char bracket) {
  before_value();
  out_ += bracket;
  has_members_.push_back(false);
}

void JsonWriter::close(char bracket) {
  const bool had_members = has_members_.back();
  has_members_.pop_back();
  if (had_members) new_line();
  out_ += bracket;
}

void JsonWriter::key(std::string_view name) {
  before_value();
  quote(name);
  out_ += indent_ == 0 ? ":" : ": ";
  after_key_ = true;
}

void JsonWriter::string(std::string_view value) {
  before_value();
  quote(value);
}

void JsonWriter::raw(std::string_view token) {
  before_value();
  out_ += token;
}

void JsonWriter::quote(std::string_view value) {
  out_ += '"';
  for (std::size_t at = 0; at < value.size();) {
    const Decoded c = decode(value, at);
    if (c.code_point == '"' || c.code_point == '\\') {
      out_ += '\\';
      out_ += static_cast<char>(c.code_point);
    } else if (c.code_point == '\n') {
      out_ += "\\n";
    } else if (c.code_point < 0x20) {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c.code_point));
      out_ += escape.data();
    } else if (c.code_point == 0xFFFD) {
      out_ += "\xEF\xBF\xBD";
    } else {
      out_ += value.substr(at, c.length);
    }
    at += c.length;
  }
  out_ += '"';
}

}  // namespace otmetka::spec
