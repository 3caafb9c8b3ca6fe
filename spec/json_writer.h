// Writes JSON (RFC 8259) into a string: what diagnostics and the editor's schema need of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace otmetka::spec {

// The caller keeps the order: in an object key() before every value. Not thread-safe. Strings are UTF-8 and are written as
// they are but for `"`, `\` and control characters; bytes that are no UTF-8 become U+FFFD.
class JsonWriter {
 public:
  // `indent` spaces a level, each member on a line of its own; 0: all on one line.
  explicit JsonWriter(int indent = 0) : indent_(indent) {}

  void start_object() { open('{'); }
  void end_object() { close('}'); }
  void start_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);
  void string(std::string_view value);
  void integer(std::int64_t value) { raw(std::to_string(value)); }
  void boolean(bool value) { raw(value ? "true" : "false"); }
  void null() { raw("null"); }

  const std::string& text() const { return out_; }

 private:
  void open(char bracket);
  void close(char bracket);
  void raw(std::string_view token);
  void before_value();
  void new_line();
  void quote(std::string_view value);

  int indent_;
  std::string out_;
  std::vector<bool> has_members_;  // of each open bracket
  bool after_key_ = false;
};

}  // namespace otmetka::spec
