// D09: leaves files and folders of odd names in all three folders: newline, escapes, 255 bytes, no UTF-8, options, the wipe's own names.
// The test also collects such names; what has them is no file, or not in the work folder.
// right: EXITED 0
// refuses: .. . a/b -rf ... ../etc/passwd
// runs: leave find
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "try.inc"

static const char *kFolders[] = {"/w", "/tmp", "/dev/shm"};

static int leave(void) {
  char longest[256] = {0};
  memset(longest, 'n', 255);
  char wild[256] = {0};
  for (int i = 0; i < 255; ++i) wild[i] = (char)(i + 1 == '/' ? '?' : i + 1);
  const char *names[] = {"new\nline", "-rf", "--", "...", ". ", " ", "\xff\xfe", "\xc0\xae\xc0\xae", "\xed\xa0\x80", "\033[2J", "$(id)", "`id`",
                         "a;b", "*", ".wipe-0", ".wipe-1", ".wipe-18446744073709551615", longest, wild};
  for (int folder = 0; folder < 3; ++folder) {
    if (chdir(kFolders[folder]) != 0) return 2;
    for (unsigned i = 0; i < sizeof(names) / sizeof(*names); ++i) {
      // Folders in folders, so that the wipe has to move some of them.
      if (mkdir(names[i], 0700) != 0 || chdir(names[i]) != 0) return 2;
      if (mkdir(".wipe-0", 0700) != 0 || mkdir(".wipe-0/.wipe-0", 0700) != 0) return 2;
      const int file = open(".wipe-0/.wipe-0/-rf", O_CREAT | O_WRONLY, 0600);
      if (file < 0) return 2;
      close(file);
      if (symlink("/", ".wipe-0/link") != 0 || symlink("..", ".wipe-0/up") != 0) return 2;
      if (chdir(kFolders[folder]) != 0) return 2;
    }
    memset(longest, 'n', 255);
    if (open("..", O_CREAT | O_WRONLY, 0600) >= 0) went_through("create_dot_dot");
    char over[257] = {0};
    memset(over, 'o', 256);
    if (mkdir(over, 0700) == 0) went_through("name_of_256");
  }
  return verdict();
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "leave") == 0) return leave();
  for (int folder = 0; folder < 3; ++folder) {
    DIR *list = opendir(kFolders[folder]);
    if (list == 0) return 2;
    for (struct dirent *one; (one = readdir(list)) != 0;) {
      if (strcmp(one->d_name, ".") != 0 && strcmp(one->d_name, "..") != 0) went_through(kFolders[folder]);
    }
    closedir(list);
  }
  return verdict();
}
