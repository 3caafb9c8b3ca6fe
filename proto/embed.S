// The output of protoc --descriptor_set_out, as it is.
    .section .rodata
    .global otmetka_descriptors_begin
    .global otmetka_descriptors_end
    .balign 16
otmetka_descriptors_begin:
    .incbin "descriptors.binpb"
otmetka_descriptors_end:
    .byte 0
    .section .note.GNU-stack,"",@progbits
