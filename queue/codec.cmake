# Bytes to submissions and results, and back. RapidJSON is headers only.
otmetka_library(codec
  SOURCES json_reader.cc json_repair.cc codec_utf8.cc codec_wire.cc codec_envelope.cc codec_answer.cc codec_event_json.cc
          codec_submission_json.cc codec_submission_wire.cc codec_result_wire.cc codec_json.cc
          dead_letter.cc
  DEPS model)
# RapidJSON's stack compares a null pointer plus an offset before its first allocation: harmless, and not ours to mend.
set_source_files_properties(json_reader.cc PROPERTIES COMPILE_OPTIONS -fno-sanitize=pointer-overflow)
otmetka_test(codec_test
  SOURCES json_reader_test.cc codec_envelope_test.cc codec_answer_test.cc codec_submission_test.cc codec_result_test.cc
          codec_utf8_test.cc codec_test_data.cc
  DEPS codec proto messages)
otmetka_fuzz(submission_fuzz SOURCES submission_fuzz.cc DEPS codec)
otmetka_fuzz(result_fuzz SOURCES result_fuzz.cc DEPS codec)
