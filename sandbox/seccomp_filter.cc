#include "sandbox/seccomp_filter.h"

#include <seccomp.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "sandbox/descriptor.h"
#include "sandbox/filter_table.h"

namespace otmetka::sandbox {
namespace {

constexpr std::uint32_t kDefault = SCMP_ACT_ERRNO(ENOSYS);

using Context = std::unique_ptr<void, decltype(&seccomp_release)>;

scmp_arg_cmp comparison(const FilterCondition& condition) {
  // libseccomp has "masked equal" but no "masked unequal": an unequal condition on a whole argument is plain NE.
  if (!condition.equal) return {condition.index, SCMP_CMP_NE, condition.value, 0};
  if (condition.mask != ~std::uint64_t{0}) return {condition.index, SCMP_CMP_MASKED_EQ, condition.mask, condition.value};
  return {condition.index, SCMP_CMP_EQ, condition.value, 0};
}

int add(scmp_filter_ctx context, const FilterRow& row, const char* call) {
  const int number = seccomp_syscall_resolve_name(call);
  if (number == __NR_SCMP_ERROR || number < 0) return 0;  // not on this architecture, or newer than libseccomp
  const std::uint32_t action = row.action == FilterAction::kAllow ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(static_cast<unsigned>(row.error));
  if (action == kDefault) return 0;  // libseccomp refuses a rule that says what holds anyway
  std::vector<scmp_arg_cmp> conditions;
  for (const FilterCondition& condition : row.conditions) conditions.push_back(comparison(condition));
  return seccomp_rule_add_array(context, action, number, static_cast<unsigned>(conditions.size()), conditions.data());
}

Error refused(const char* what, int code) { return error("OT541", {std::string(what), std::string(std::strerror(-code))}); }

Result<std::vector<sock_filter>> exported(scmp_filter_ctx context) {
  const Descriptor file(memfd_create("filter", MFD_CLOEXEC));
  if (const int code = seccomp_export_bpf(context, file.get()); code != 0) return refused("export", code);
  struct stat info {};
  if (fstat(file.get(), &info) != 0) return refused("export", -errno);
  std::vector<sock_filter> program(static_cast<std::size_t>(info.st_size) / sizeof(sock_filter));
  if (pread(file.get(), program.data(), static_cast<std::size_t>(info.st_size), 0) != info.st_size) return refused("export", -EIO);
  return program;
}

}  // namespace

Result<std::vector<sock_filter>> compile_filter() {
  const Context context(seccomp_init(kDefault), &seccomp_release);
  if (!context) return refused("init", -ENOMEM);
  // A binary tree: the kernel walks the filter for every call's number when it is loaded.
  for (const auto& [attribute, value] :
       {std::pair{SCMP_FLTATR_CTL_OPTIMIZE, 2u}, std::pair{SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS}}) {
    if (const int code = seccomp_attr_set(context.get(), attribute, value); code != 0) return refused("attribute", code);
  }
  for (const FilterRow& row : filter_table()) {
    for (const char* call : row.calls) {
      if (const int code = add(context.get(), row, call); code != 0) return refused(call, code);
    }
  }
  return exported(context.get());
}

}  // namespace otmetka::sandbox
