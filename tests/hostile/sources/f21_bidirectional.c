// F21: bidirectional controls that show other code than is compiled.
// right: EXITED 0
int main(void) {
  int admin = 0;
  /*‮ } ⁦if (admin)⁩ ⁦ begin admins only */
  const char *name = "‮⁦user⁩";
  return admin || name[0] == 0;
}
