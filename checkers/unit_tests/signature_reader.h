// Words of a declared function, one after another: what the declarations of both languages have in common.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checkers/unit_tests/signatures.h"
#include "checkers/unit_tests/source_text.h"

namespace otmetka::checkers::unit_tests {

// After the first thing that is refused there are no more words.
class SignatureReader {
 protected:
  explicit SignatureReader(std::string_view text) : text_(text), words_(tokens(text)) {}

  std::string_view word(std::size_t further = 0) const { return bad_ ? std::string_view() : token(words_, at_ + further); }
  void skip() { ++at_; }

  bool take(std::string_view expected) {
    if (word() != expected || expected.empty()) return false;
    ++at_;
    return true;
  }

  void need(std::string_view expected) {
    if (!take(expected)) refuse(BadSignature::Fault::kForm);
  }

  std::string name() {
    const bool is_name = !word().empty() && is_word(word()[0]) && (word()[0] < '0' || word()[0] > '9');
    if (!is_name) refuse(BadSignature::Fault::kForm);
    return is_name ? std::string(words_[at_++]) : std::string();
  }

  void refuse(BadSignature::Fault fault) { refuse_from(fault, at_); }

  // All from that word up to the one that was read last, or the next word.
  void refuse_from(BadSignature::Fault fault, std::size_t from) {
    if (bad_) return;
    const auto begin_of = [&](std::size_t i) {
      return i < words_.size() ? static_cast<std::size_t>(words_[i].data() - text_.data()) : text_.size();
    };
    const std::size_t last = at_ > from ? at_ - 1 : from;
    const std::size_t end = last < words_.size() ? begin_of(last) + words_[last].size() : text_.size();
    bad_ = BadSignature{fault, begin_of(from), end - begin_of(from), std::string(text_.substr(begin_of(from), end - begin_of(from)))};
  }

  std::size_t place() const { return at_; }
  const std::optional<BadSignature>& bad() const { return bad_; }

 private:
  std::string_view text_;
  std::vector<std::string_view> words_;
  std::size_t at_ = 0;
  std::optional<BadSignature> bad_;
};

}  // namespace otmetka::checkers::unit_tests
