#include "sandbox/cgroup.h"

#include <unistd.h>

#include <atomic>

#include "sandbox/cgroup_v1.h"
#include "sandbox/cgroup_v2.h"

namespace otmetka::sandbox {
namespace {

class NoTree final : public CgroupTree {
 public:
  explicit NoTree(std::string reason) : reason_(std::move(reason)) {}
  CgroupVersion version() const override { return CgroupVersion::kNone; }
  const std::string& reason() const override { return reason_; }
  std::string describe() const override { return "no cgroups: " + reason_; }
  bool swap_is_bounded() const override { return false; }
  Result<std::unique_ptr<CellCgroup>> make(unsigned) override { return std::unique_ptr<CellCgroup>(); }

 private:
  std::string reason_;
};

}  // namespace

// Version 2 first where it has the controllers: a mixed machine has them in one of the two only.
std::unique_ptr<CgroupTree> CgroupTree::find(const std::string& delegated) {
  static std::atomic<unsigned> count{0};
  if (delegated == "none") return std::make_unique<NoTree>("switched off");
  const std::string name = "otmetka-" + std::to_string(getpid()) + "-" + std::to_string(count++);
  const auto mounted = hierarchies();
  std::string second, first;
  if (auto tree = find_cgroups_v2(mounted, delegated, name, second)) return tree;
  if (auto tree = find_cgroups_v1(mounted, name, first)) return tree;
  return std::make_unique<NoTree>(first + "; " + second);
}

}  // namespace otmetka::sandbox
