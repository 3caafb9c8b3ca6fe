// From settings to a checker.
#include <algorithm>

#include "checkers/credit.h"
#include "checkers/parts/messages.h"
#include "checkers/parts/parts.h"
#include "checkers/parts/settings.h"

namespace otmetka::checkers::parts {
namespace {

constexpr std::size_t kMaxParts = 100;

std::string joined_path(const std::string& above, const std::string& below) { return below.empty() ? above : above + "." + below; }

class Reader {
 public:
  Reader(const google::protobuf::Message& settings, const MakeContext& context) : plain_(plain_parts(settings)), context_(context) {
    if (context.keys != nullptr) keys_ = *context.keys;
  }

  Made read() {
    if (plain_.empty()) fail("OT190", "parts", {std::string("parts")});
    const std::vector<Ratio> shares = shares_of();
    if (plain_.size() > kMaxParts || (!plain_.empty() && shares.empty())) {
      fail("OT177", "", {std::string("parts")});
      return std::move(made_);
    }
    for (std::size_t i = 0; i < plain_.size(); ++i) part(i, shares[i]);
    const bool broken = std::any_of(parts_.begin(), parts_.end(), [](const Part& p) { return p.checker == nullptr; });
    if (!broken && !failed_) made_.checker = std::make_unique<PartsChecker>(std::move(parts_));
    return std::move(made_);
  }

 private:
  void fail(const char* code, std::string path, std::vector<Arg> args) {
    failed_ = true;
    made_.problems.push_back({{code, std::move(args)}, std::move(path), 0, 0});
  }

  // Weight over the sum of weights; nothing where a weight is not above zero or the sum is too fine.
  std::vector<Ratio> shares_of() const {
    std::vector<Ratio> weights;
    for (const PlainPart& part : plain_) {
      v1::Ratio wire;
      wire.set_num(part.weight_num);
      wire.set_den(part.weight_den);
      const auto weight = read_ratio(wire);
      if (!weight) return {};
      weights.push_back(*weight);
    }
    return checkers::shares_of(std::move(weights)).value_or(std::vector<Ratio>());
  }

  void part(std::size_t i, const Ratio& share) {
    const PlainPart& plain = plain_[i];
    const std::string path = "parts[" + std::to_string(i) + "]";
    if (plain.id.empty()) fail("OT186", path + ".id", {});
    if (index_of(plain.id) != parts_.size()) fail("OT191", path + ".id", {plain.id});
    Part out{plain.id, "", AnswerShape::kText, share, nullptr, {}, {}};
    for (std::size_t k = 0; k < plain.required.size(); ++k) {
      link(plain.required[k], path + ".requires[" + std::to_string(k) + "]", false, out.required);
    }
    kind(plain, path, out);
    if (out.checker != nullptr) {
      if (auto key = out.checker->key_value()) keys_.insert_or_assign(plain.id, std::move(key));
    }
    parts_.push_back(std::move(out));
  }

  std::size_t index_of(const std::string& id) const {
    const auto at = std::find_if(parts_.begin(), parts_.end(), [&](const Part& p) { return p.id == id; });
    return static_cast<std::size_t>(at - parts_.begin());
  }

  // A part that is itself broken may well be named: what is wrong with it is said there.
  void link(const std::string& id, std::string path, bool needs_value, std::vector<std::size_t>& out) {
    const std::size_t index = index_of(id);
    const bool known = index < parts_.size();
    const bool no_value = known && needs_value && parts_[index].checker != nullptr && parts_[index].checker->key_value() == nullptr;
    if (!known || no_value) return fail("OT197", std::move(path), {id});
    out.push_back(index);
  }

  void kind(const PlainPart& plain, const std::string& path, Part& out) {
    std::string name;
    google::protobuf::Any::ParseAnyTypeUrl(plain.kind.type_url(), &name);
    const CheckerType* type = context_.find(name);
    if (type != nullptr && type->shape == AnswerShape::kParts) return fail("OT198", joined_path(path, std::string(type->name)), {});
    MakeContext inner = context_;
    inner.keys = &keys_;
    Made made = make_checker(plain.kind, inner);
    const std::string below = type == nullptr ? path : joined_path(path, std::string(type->name));
    for (Problem& problem : made.problems) {
      problem.path = joined_path(below, problem.path);
      made_.problems.push_back(std::move(problem));
    }
    out.checker = std::move(made.checker);
    if (type == nullptr || out.checker == nullptr) return;
    out.kind = type->name;
    out.shape = type->shape;
    const std::unique_ptr<google::protobuf::Message> settings(
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(type->settings())->New());
    if (!settings->ParseFromString(plain.kind.value())) return;
    const std::vector<std::string> names = followed(*settings);
    for (std::size_t k = 0; k < names.size(); ++k) link(names[k], below + ".follow[" + std::to_string(k) + "]", true, out.followed);
  }

  std::vector<PlainPart> plain_;
  const MakeContext& context_;
  Bindings keys_;
  std::vector<Part> parts_;
  Made made_;
  bool failed_ = false;
};

Made make(const google::protobuf::Message& settings, const MakeContext& context) { return Reader(settings, context).read(); }

}  // namespace

CheckerType type() { return {"parts", AnswerShape::kParts, false, &settings_descriptor, &make, &entries}; }

}  // namespace otmetka::checkers::parts
