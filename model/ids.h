// Identifiers that the compiler keeps apart.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace otmetka {

template <class Tag>
struct Id {
  std::string value;

  Id() = default;
  explicit Id(std::string v) : value(std::move(v)) {}
  bool empty() const { return value.empty(); }
  friend auto operator<=>(const Id&, const Id&) = default;
};

using TenantId = Id<struct TenantTag>;
using EventId = Id<struct EventTag>;            // one per publish, UUIDv7
using SubmissionId = Id<struct SubmissionTag>;  // the piece of work; the same on redelivery
using AssignmentId = Id<struct AssignmentTag>;
using LearnerId = Id<struct LearnerTag>;        // a pseudonym, never a name
using SpecId = Id<struct SpecTag>;
using PartId = Id<struct PartTag>;              // `item` or `item.part`

}  // namespace otmetka

template <class Tag>
struct std::hash<otmetka::Id<Tag>> {
  std::size_t operator()(const otmetka::Id<Tag>& id) const noexcept { return std::hash<std::string>()(id.value); }
};
