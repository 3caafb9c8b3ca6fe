// Plain values as bytes, and back: both cells of a bridge have this file. Nothing that is read is trusted: Malformed is thrown
// for whatever is no value, and no more is made than the bytes that are there can stand for.
//
// OTMETKA_HAS_VECTOR and its like say which of the library's headers are wanted.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>

namespace otmetka {

constexpr std::uint32_t kMostBytes = 8u << 20;  // of one message

struct Malformed {
  const char* about;
};

class Writer {
 public:
  void raw(const void* bytes, std::size_t size) { bytes_.append(static_cast<const char*>(bytes), size); }
  void number(std::uint32_t n) { raw(&n, sizeof(n)); }
  void text(const char* bytes, std::size_t size) {
    number(static_cast<std::uint32_t>(size));
    raw(bytes, size);
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

class Reader {
 public:
  Reader(const char* bytes, std::size_t size) : at_(bytes), left_(size) {}

  const char* raw(std::size_t size) {
    if (size > left_) throw Malformed{"too short"};
    left_ -= size;
    return (at_ += size) - size;
  }
  std::uint32_t number() {
    std::uint32_t out;
    std::memcpy(&out, raw(sizeof(out)), sizeof(out));
    return out;
  }
  // Of things that take a byte each at the least.
  std::uint32_t count() {
    const std::uint32_t out = number();
    if (out > left_) throw Malformed{"more than there is"};
    return out;
  }
  std::string text() {
    const std::uint32_t size = count();
    return std::string(raw(size), size);
  }
  std::size_t left() const { return left_; }

 private:
  const char* at_;
  std::size_t left_;
};

template <class T>
struct Value;

template <class T>
void put(Writer& out, const T& value) {
  Value<T>::put(out, value);
}

template <class T>
T take(Reader& in) {
  return Value<T>::take(in);
}

template <class T>
  requires std::is_arithmetic_v<T>
struct Value<T> {
  static void put(Writer& out, T value) { out.raw(&value, sizeof(value)); }
  static T take(Reader& in) {
    const char* bytes = in.raw(sizeof(T));
    // Other bits in a bool would be undefined behaviour for whoever looks at it.
    if (std::is_same_v<T, bool> && *bytes != 0 && *bytes != 1) throw Malformed{"no bool"};
    T out;
    std::memcpy(&out, bytes, sizeof(out));
    return out;
  }
};

template <>
struct Value<std::string> {
  static void put(Writer& out, const std::string& value) { out.text(value.data(), value.size()); }
  static std::string take(Reader& in) { return in.text(); }
};

template <class C>
void put_all(Writer& out, const C& items) {
  std::uint32_t count = 0;
  for (auto at = items.begin(); at != items.end(); ++at) ++count;
  out.number(count);
  for (const auto& item : items) put<typename C::value_type>(out, item);
}

template <class C>
struct Sequence {
  static void put(Writer& out, const C& items) { put_all(out, items); }
  static C take(Reader& in) {
    C out;
    for (std::uint32_t left = in.count(); left > 0; --left) out.push_back(otmetka::take<typename C::value_type>(in));
    return out;
  }
};

// In rising order, each equal to itself: a set with a NaN in it would find in itself whatever it is asked for.
template <class C, class Key>
struct Sorted {
  static void put(Writer& out, const C& items) { put_all(out, items); }
  template <class Item, class KeyOf>
  static C take(Reader& in, KeyOf key_of) {
    C out;
    for (std::uint32_t left = in.count(); left > 0; --left) {
      Item item = otmetka::take<Item>(in);
      const Key& key = key_of(item);
      if (!(key == key)) throw Malformed{"no key"};
      if (!out.empty() && !(key_of(*out.rbegin()) < key)) throw Malformed{"keys out of order"};
      out.insert(out.end(), static_cast<Item&&>(item));
    }
    return out;
  }
};

template <class C, class Item>
struct Hashed {
  static void put(Writer& out, const C& items) { put_all(out, items); }
  static C take(Reader& in) {
    C out;
    for (std::uint32_t left = in.count(); left > 0; --left) {
      if (!out.insert(otmetka::take<Item>(in)).second) throw Malformed{"a key again"};
    }
    return out;
  }
};

}  // namespace otmetka

#if defined(OTMETKA_HAS_VECTOR)
#include <vector>
template <class T>
struct otmetka::Value<std::vector<T>> : otmetka::Sequence<std::vector<T>> {};
#endif

#if defined(OTMETKA_HAS_DEQUE)
#include <deque>
template <class T>
struct otmetka::Value<std::deque<T>> : otmetka::Sequence<std::deque<T>> {};
#endif

#if defined(OTMETKA_HAS_LIST)
#include <list>
template <class T>
struct otmetka::Value<std::list<T>> : otmetka::Sequence<std::list<T>> {};
#endif

#if defined(OTMETKA_HAS_ARRAY)
#include <array>
template <class T, std::size_t N>
struct otmetka::Value<std::array<T, N>> {
  static void put(Writer& out, const std::array<T, N>& items) {
    for (const T& item : items) otmetka::put<T>(out, item);
  }
  static std::array<T, N> take(Reader& in) {
    std::array<T, N> out{};
    for (T& item : out) item = otmetka::take<T>(in);
    return out;
  }
};
#endif

#if defined(OTMETKA_HAS_OPTIONAL)
#include <optional>
template <class T>
struct otmetka::Value<std::optional<T>> {
  static void put(Writer& out, const std::optional<T>& value) {
    otmetka::put<bool>(out, value.has_value());
    if (value) otmetka::put<T>(out, *value);
  }
  static std::optional<T> take(Reader& in) {
    if (!otmetka::take<bool>(in)) return std::nullopt;
    return otmetka::take<T>(in);
  }
};
#endif

#if defined(OTMETKA_HAS_UTILITY) || defined(OTMETKA_HAS_MAP) || defined(OTMETKA_HAS_UNORDERED_MAP)
#include <utility>
// A map's keys are const.
template <class A, class B>
struct otmetka::Value<std::pair<A, B>> {
  using First = std::remove_const_t<A>;
  static void put(Writer& out, const std::pair<A, B>& value) {
    otmetka::put<First>(out, value.first);
    otmetka::put<B>(out, value.second);
  }
  static std::pair<A, B> take(Reader& in) {
    First first = otmetka::take<First>(in);
    return {static_cast<First&&>(first), otmetka::take<B>(in)};
  }
};
#endif

#if defined(OTMETKA_HAS_TUPLE)
#include <tuple>
template <class... T>
struct otmetka::Value<std::tuple<T...>> {
  static void put(Writer& out, const std::tuple<T...>& value) {
    std::apply([&](const T&... item) { (otmetka::put<T>(out, item), ...); }, value);
  }
  static std::tuple<T...> take(Reader& in) { return std::tuple<T...>{otmetka::take<T>(in)...}; }
};
#endif

#if defined(OTMETKA_HAS_SET)
#include <set>
template <class T>
struct otmetka::Value<std::set<T>> : otmetka::Sorted<std::set<T>, T> {
  static std::set<T> take(Reader& in) {
    return otmetka::Sorted<std::set<T>, T>::template take<T>(in, [](const T& item) -> const T& { return item; });
  }
};
#endif

#if defined(OTMETKA_HAS_MAP)
#include <map>
template <class K, class T>
struct otmetka::Value<std::map<K, T>> : otmetka::Sorted<std::map<K, T>, K> {
  static std::map<K, T> take(Reader& in) {
    using Item = std::pair<const K, T>;
    return otmetka::Sorted<std::map<K, T>, K>::template take<Item>(in, [](const Item& item) -> const K& { return item.first; });
  }
};
#endif

#if defined(OTMETKA_HAS_UNORDERED_SET)
#include <unordered_set>
template <class T>
struct otmetka::Value<std::unordered_set<T>> : otmetka::Hashed<std::unordered_set<T>, T> {};
#endif

#if defined(OTMETKA_HAS_UNORDERED_MAP)
#include <unordered_map>
template <class K, class T>
struct otmetka::Value<std::unordered_map<K, T>> : otmetka::Hashed<std::unordered_map<K, T>, std::pair<const K, T>> {};
#endif
