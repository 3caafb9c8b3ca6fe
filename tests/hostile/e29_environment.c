// E29: looks for variables that change how programs load (LD_PRELOAD, GCONV_PATH, BASH_ENV, PYTHONPATH and others), for what the engine's own
// environment may hold, and runs itself with 4096 arguments and with none.
// right: EXITED 0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/wait.h>
#include <unistd.h>

#include "try.inc"

extern char **environ;

int main(int argc, char **argv) {
  if (argc == 0 || argv[0][0] == '\0') return 0;  // since Linux 5.18 no arguments are one empty one
  if (argc >= 4096) return strcmp(argv[4095], "x") == 0 ? 0 : 1;
  const char *bad[] = {"LD_", "GCONV_PATH", "BASH_ENV", "ENV", "PYTHON", "PERL", "RUBY", "NODE_", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "GLIBC_TUNABLES", "MALLOC_", "TMPDIR", "LOCPATH",
                       "NLSPATH", "HOSTALIASES", "RES_OPTIONS", "IFS", "PS4", "SHELLOPTS", "BASHOPTS", "GCC_", "COMPILER_PATH", "CPATH", "LIBRARY_PATH", "C_INCLUDE_PATH", "DISPLAY", "DBUS_",
                       "SSH_", "XDG_", "DOCKER_", "KUBERNETES_", "AWS_", "OTMETKA", "SUDO_", "USER", "LOGNAME", "MAIL", "PWD", "OLDPWD", "SHLVL"};
  int count = 0;
  for (char **one = environ; *one != 0; ++one, ++count) {
    for (unsigned i = 0; i < sizeof(bad) / sizeof(*bad); ++i) {
      if (strncmp(*one, bad[i], strlen(bad[i])) == 0) went_through(bad[i]);
    }
    if (strncmp(*one, "PATH=", 5) == 0 && (strstr(*one, "=.") != 0 || strstr(*one, "::") != 0 || strstr(*one, "/home") != 0 || strstr(*one, "/w") != 0)) went_through("path");
  }
  if (count > 16) went_through("inherited");
  const char *name = (const char *)getauxval(AT_EXECFN);
  if (name != 0 && strncmp(name, "/dev/fd/", 8) != 0 && strncmp(name, "/w/", 3) != 0 && strncmp(name, "/usr/", 5) != 0) went_through("name_of_the_program");
  char **many = calloc(4097, sizeof(char *));
  for (int i = 0; many != 0 && i < 4096; ++i) many[i] = "x";
  char *nothing[] = {0};
  char **lists[] = {many, nothing};
  for (int i = 0; i < 2; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      execve("/proc/self/exe", lists[i], nothing);
      _exit(3);
    }
    int status = 0;
    if (waitpid(child, &status, 0) != child || status != 0) went_through("many_arguments");
  }
  return verdict();
}
