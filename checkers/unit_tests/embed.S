# The files of harness/, as they are.
    .macro embed symbol, file
    .global \symbol
    .global \symbol\()_end
\symbol:
    .incbin "\file"
\symbol\()_end:
    .byte 0
    .endm

    .section .rodata
    embed otmetka_harness_values, "otmetka_values.py"
    embed otmetka_harness_server, "otmetka_server.py"
    embed otmetka_harness_proxy, "otmetka_proxy.py"
    embed otmetka_harness_runner, "otmetka_runner.py"
    embed otmetka_harness_pytest, "otmetka_pytest.py"
    embed otmetka_harness_bridge, "otmetka_bridge.py"
    embed otmetka_harness_script, "otmetka_script.py"
    embed otmetka_harness_inside, "otmetka_inside.py"
    embed otmetka_harness_gtest, "otmetka_main.cpp"
    embed otmetka_harness_junit, "OtmetkaTests.java"
    .section .note.GNU-stack,"",@progbits
