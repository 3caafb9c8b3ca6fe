# The cell's program inside this one: one file to install, and what runs is what was built with it.
    .section .rodata
    .balign 16
    .global otmetka_cell_begin
    .global otmetka_cell_end
otmetka_cell_begin:
    .incbin OTMETKA_CELL_FILE
otmetka_cell_end:
    .byte 0
    .section .note.GNU-stack,"",@progbits
