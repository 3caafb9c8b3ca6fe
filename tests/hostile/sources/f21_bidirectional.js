// F21: bidirectional controls, a line separator, and identifiers that look alike.
// right: EXITED 0
// limits: cpu=2s wall=5s memory=64MiB
const access = "‮resu⁦ // not admin⁩⁦"; const аccess = "other";
if (access === аccess) process.exit(1);
