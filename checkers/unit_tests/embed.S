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
    embed otmetka_harness_errors, "otmetka_errors.py"
    embed otmetka_harness_names, "otmetka_names.py"
    embed otmetka_harness_runner, "otmetka_runner.py"
    embed otmetka_harness_pytest, "otmetka_pytest.py"
    embed otmetka_harness_bridge, "otmetka_bridge.py"
    embed otmetka_harness_script, "otmetka_script.py"
    embed otmetka_harness_inside, "otmetka_inside.py"
    embed otmetka_harness_gtest, "otmetka_main.cpp"
    embed otmetka_harness_junit, "OtmetkaTests.java"
    embed otmetka_harness_entry, "otmetka_entry.hpp"
    embed otmetka_harness_gtest_run, "otmetka_gtest.hpp"
    embed otmetka_harness_cpp_values, "otmetka_values.hpp"
    embed otmetka_harness_cpp_link, "otmetka_link.hpp"
    embed otmetka_harness_cpp_bridge, "otmetka_bridge.cpp"
    embed otmetka_harness_cpp_serve, "otmetka_serve.hpp"
    embed otmetka_harness_cpp_server, "otmetka_server.cpp"
    embed otmetka_harness_junit_run, "OtmetkaJUnit.java"
    embed otmetka_harness_java_values, "OtmetkaValues.java"
    embed otmetka_harness_java_bridge, "OtmetkaBridge.java"
    embed otmetka_harness_java_server, "OtmetkaServer.java"
    .section .note.GNU-stack,"",@progbits
