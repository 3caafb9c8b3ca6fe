# F21: bidirectional controls, and identifiers that look alike.
# right: EXITED 0
# limits: cpu=2s wall=5s
access = "‮resu⁦ # not admin⁩⁦"
аccess = "other"
assert access != аccess
