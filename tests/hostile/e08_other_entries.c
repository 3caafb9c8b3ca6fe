// E08: enters the kernel by other doors: int 0x80, 32-bit code after a far jump, x32 numbers, PER_LINUX32, numbers with high bits; each in a
// child of its own first. 64-bit rules must never judge a 32-bit number.
// right: SECURITY_VIOLATION
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "try.inc"

#ifdef __x86_64__
static long int80(long number, long a, long b, long c) {
  long out;
  __asm__ volatile("int $0x80" : "=a"(out) : "a"(number), "b"(a), "c"(b), "d"(c) : "memory", "r8", "r9", "r10", "r11");
  return (int)out;
}

// 32-bit numbers: 20 getpid, 11 execve, 5 open, 102 socketcall, 120 clone, 21 mount, 26 ptrace, 310 unshare.
static void by_int80(void) {
  if (int80(20, 0, 0, 0) > 0) _exit(1);
  if (int80(310, 0x10000000, 0, 0) >= 0) _exit(1);
}

// The same from 32-bit code: a far return into the compatibility segment.
static void by_far_jump(void) {
  static const unsigned char code[] = {0xb8, 20, 0, 0, 0, 0xcd, 0x80, 0xf4};  // mov $20, %eax; int $0x80; hlt
  unsigned char *low = mmap((void *)0x10000000, 8192, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  if (low == MAP_FAILED) _exit(2);
  memcpy(low, code, sizeof(code));
  __asm__ volatile("mov %0, %%rsp\n pushq $0x23\n pushq %1\n lretq" : : "r"((uintptr_t)low + 8000), "r"((uintptr_t)low) : "memory");
}

static void by_x32(void) {
  const long base = 0x40000000;
  const long numbers[] = {39, 0, 1, 2, 41, 56, 57, 59, 101, 161, 165, 272, 308, 512, 513, 520, 521, 535, 545, 547};
  for (unsigned i = 0; i < sizeof(numbers) / sizeof(*numbers); ++i) {
    if (syscall(base | numbers[i], 0L, 0L, 0L, 0L, 0L, 0L) >= 0) _exit(1);
  }
}

static void by_x32_high(void) {
  if (syscall((1L << 32) | 0x40000000L | 39) > 0) _exit(1);
}
#endif

static void by_personality(void) {
  if (personality(PER_LINUX32) >= 0 || personality(ADDR_NO_RANDOMIZE) >= 0 || personality(READ_IMPLIES_EXEC) >= 0) _exit(1);
  if (syscall(SYS_personality, (1L << 32) | PER_LINUX32) >= 0 || syscall(SYS_personality, 0x1ffffffffL) < -1) _exit(1);
}

// What no table has: answered with an error, whatever the number.
static void by_odd_numbers(void) {
  const long numbers[] = {-1, 335, 400, 423, 471, 500, 511, 512, 520, 547, 600, 1023, 4096, 65536, 0x3fffffff, 0x7fffffffL};
  for (unsigned i = 0; i < sizeof(numbers) / sizeof(*numbers); ++i) {
    if (numbers[i] < 0x40000000 && syscall(numbers[i], 0L, 0L, 0L, 0L, 0L, 0L) >= 0) _exit(1);
  }
  const long same[] = {SYS_unshare, SYS_mount, SYS_ptrace, SYS_bpf, SYS_keyctl};
  for (unsigned i = 0; i < sizeof(same) / sizeof(*same); ++i) {
    if (syscall(same[i] | (1L << 32), 0x10000000L, 0L, 0L, 0L) >= 0 || syscall(same[i] | (1L << 63), 0x10000000L, 0L, 0L, 0L) >= 0) _exit(1);
  }
}

// Killed by the filter, or no such thing in this kernel: closed. Exit with 1: it has worked.
static void in_a_child(const char *name, void (*way)(void)) {
  const pid_t child = fork();
  if (child == 0) {
    alarm(1);
    way();
    _exit(0);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child || (WIFEXITED(status) && WEXITSTATUS(status) == 1)) went_through(name);
}

int main(void) {
  in_a_child("personality", by_personality);
  in_a_child("odd_numbers", by_odd_numbers);
#ifdef __x86_64__
  in_a_child("int80", by_int80);
  in_a_child("far_jump", by_far_jump);
  in_a_child("x32", by_x32);
  in_a_child("x32_high", by_x32_high);
  if (open_count > 0) return verdict();
  by_x32();
#endif
  return verdict();
}
