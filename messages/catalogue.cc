#include "messages/catalogue.h"

#include <charconv>

namespace otmetka::messages {
namespace {

std::string arg_text(const Arg& arg, Language language) {
  if (const auto* text = std::get_if<std::string>(&arg)) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(&arg)) return std::to_string(*whole);
  return number_text(std::get<Ratio>(arg), language);
}

// A number that was made into text already: the mark is the language's.
std::string number_arg_text(const Arg& arg, Language language) {
  std::string text = arg_text(arg, language);
  const bool is_number = text.find_first_not_of("+-0123456789.e/") == std::string::npos;
  if (!is_number || language != Language::kRussian) return text;
  if (const auto mark = text.find('.'); mark != std::string::npos) text[mark] = ',';
  return text;
}

std::size_t plural_form(const Arg& arg, Language language) {
  if (const auto* ratio = std::get_if<Ratio>(&arg)) {
    if (ratio->den() != 1) return 1;
    const auto whole = static_cast<std::int64_t>(ratio->num() % 1'000'000'000);
    return language == Language::kRussian ? static_cast<std::size_t>(plural_form_ru(whole)) : (whole == 1 ? 0 : 1);
  }
  const auto* whole = std::get_if<std::int64_t>(&arg);
  if (whole == nullptr) return 1;
  return language == Language::kRussian ? static_cast<std::size_t>(plural_form_ru(*whole)) : (*whole == 1 ? 0 : 1);
}

std::string_view nth_form(std::string_view forms, std::size_t n) {
  while (n-- > 0) {
    const auto bar = forms.find('|');
    if (bar == std::string_view::npos) return forms;
    forms.remove_prefix(bar + 1);
  }
  return forms.substr(0, forms.find('|'));
}

// `inside` is what stands between the braces.
std::string fill_slot(std::string_view inside, std::span<const Arg> args, Language language) {
  std::size_t index = 0;
  const auto [end, problem] = std::from_chars(inside.data(), inside.data() + inside.size(), index);
  if (problem != std::errc{} || index >= args.size()) return "{" + std::string(inside) + "}";
  inside.remove_prefix(static_cast<std::size_t>(end - inside.data()));
  if (inside.empty()) return arg_text(args[index], language);
  if (inside == "#") return number_arg_text(args[index], language);
  return std::string(nth_form(inside.substr(1), plural_form(args[index], language)));
}

std::string teachers_words(const Message& message, Language language) {
  const auto text = [&](std::size_t i) {
    const auto* words = i < message.args.size() ? std::get_if<std::string>(&message.args[i]) : nullptr;
    return words == nullptr ? std::string() : *words;
  };
  const std::string own = text(language == Language::kRussian ? 0 : 1);
  return own.empty() ? text(language == Language::kRussian ? 1 : 0) : own;
}

}  // namespace

int plural_form_ru(std::int64_t n) {
  const std::int64_t last = std::abs(n % 10);
  const std::int64_t last_two = std::abs(n % 100);
  if (last == 1 && last_two != 11) return 0;
  if (last >= 2 && last <= 4 && (last_two < 12 || last_two > 14)) return 1;
  return 2;
}

std::string number_text(const Ratio& value, Language language) {
  std::string text = to_decimal(value, 6).value_or(value.to_string());
  if (language == Language::kRussian) {
    if (const auto mark = text.find('.'); mark != std::string::npos) text[mark] = ',';
  }
  return text;
}

std::string fill(std::string_view text, std::span<const Arg> args, Language language) {
  std::string out;
  out.reserve(text.size() + 32);
  while (!text.empty()) {
    const auto open = text.find('{');
    out += text.substr(0, open);
    if (open == std::string_view::npos) break;
    text.remove_prefix(open + 1);
    if (!text.empty() && text.front() == '{') {
      out += '{';
      text.remove_prefix(1);
      continue;
    }
    const auto close = text.find('}');
    if (close == std::string_view::npos) break;
    out += fill_slot(text.substr(0, close), args, language);
    text.remove_prefix(close + 1);
  }
  return out;
}

Catalogue::Catalogue(std::span<const std::span<const Entry>> tables) {
  for (const auto table : tables) {
    for (const Entry& entry : table) {
      by_id_.emplace(entry.id, &entry);
      order_.push_back(&entry);
    }
  }
}

const Entry* Catalogue::find(std::string_view id) const {
  const auto it = by_id_.find(id);
  return it == by_id_.end() ? nullptr : it->second;
}

std::string Catalogue::render(const Message& message, Language language) const {
  if (message.id == "say") return teachers_words(message, language);
  if (const Entry* entry = find(message.id)) {
    return fill(language == Language::kRussian ? entry->ru : entry->en, message.args, language);
  }
  std::string out = message.id;
  for (const Arg& arg : message.args) out += " " + arg_text(arg, language);
  return out;
}

std::string Catalogue::render_hint(const Message& message, Language language) const {
  const Entry* entry = find(message.id);
  if (entry == nullptr) return {};
  return fill(language == Language::kRussian ? entry->hint_ru : entry->hint_en, message.args, language);
}

}  // namespace otmetka::messages
