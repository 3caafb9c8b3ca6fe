# How every folder of the project is built: one library a folder, files listed by hand, warnings as errors.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
option(OTMETKA_FUZZ "Build the libFuzzer targets instead of the tests (needs clang)" OFF)

include(CTest)
add_compile_options(-pthread)  # everywhere alike, as a precompiled header asks for
find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-uc)
pkg_check_modules(YAMLCPP REQUIRED IMPORTED_TARGET yaml-cpp)
pkg_check_modules(RDKAFKA REQUIRED IMPORTED_TARGET rdkafka)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(PQ REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(GMP REQUIRED IMPORTED_TARGET gmpxx)
pkg_check_modules(CRYPTO REQUIRED IMPORTED_TARGET libcrypto)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
find_package(TBB REQUIRED)
find_package(GTest REQUIRED)
include(GoogleTest)

add_library(otmetka_warnings INTERFACE)
target_compile_options(otmetka_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wold-style-cast -Wnon-virtual-dtor)
# Whoever only builds the program is not stopped by what their compiler finds new.
if(NOT CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(otmetka_warnings INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 sees overlaps in std::string's own operator+ that are not there (GCC bug 105651), and, where <string> is
  # precompiled, copies past the end of a moved one.
  target_compile_options(otmetka_warnings INTERFACE -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow)
endif()
target_include_directories(otmetka_warnings INTERFACE ${CMAKE_SOURCE_DIR})

# Generated protobuf code is included as a system header: its warnings are not ours.
set(OTMETKA_GENERATED ${CMAKE_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${OTMETKA_GENERATED})

# What most files include, compiled once: a third of the build's time is the reading of protobuf's and GoogleTest's headers.
# Files still include what they use: the fuzz preset and header_check go without this. clang cannot read g++'s.
set(OTMETKA_PCH OFF)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_CXX_CLANG_TIDY)
  set(OTMETKA_PCH ON)
  add_compile_options(-fpch-preprocess)  # so that ccache sees it
endif()
set(OTMETKA_SHARED_HEADERS <algorithm> <array> <chrono> <filesystem> <functional> <iostream> <map> <memory> <optional> <set> <span>
  <string> <string_view> <unordered_map> <utility> <variant> <vector>
  <google/protobuf/any.pb.h> <google/protobuf/descriptor.h> <google/protobuf/message.h>)

# otmetka_shared_headers(NAME HEADER… ) makes the target whose precompiled headers others take with otmetka_use_shared_headers.
function(otmetka_shared_headers name)
  if(OTMETKA_PCH)
    file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/${name}.cc CONTENT "")
    add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/${name}.cc)
    target_link_libraries(${name} PRIVATE otmetka_warnings)
    target_precompile_headers(${name} PRIVATE ${ARGN})
  endif()
endfunction()

function(otmetka_use_shared_headers target name)
  if(OTMETKA_PCH)
    target_precompile_headers(${target} REUSE_FROM ${name})
  endif()
endfunction()

otmetka_shared_headers(otmetka_pch ${OTMETKA_SHARED_HEADERS})
otmetka_shared_headers(otmetka_test_pch ${OTMETKA_SHARED_HEADERS} <fstream> <random> <gmock/gmock.h> <gtest/gtest.h>)
if(OTMETKA_PCH)
  target_link_libraries(otmetka_test_pch PRIVATE GTest::gtest GTest::gmock)
endif()

# otmetka_library(NAME SOURCES a.cc … DEPS model PkgConfig::RE2 …) makes the library otmetka_NAME.
# A dependency without "::" is a folder's library.
function(otmetka_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_library(otmetka_${name} STATIC ${ARG_SOURCES})
  otmetka_link(otmetka_${name} PUBLIC ${ARG_DEPS})
  target_link_libraries(otmetka_${name} PRIVATE otmetka_warnings)
  target_include_directories(otmetka_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  otmetka_use_shared_headers(otmetka_${name} otmetka_pch)
endfunction()

# otmetka_proto(NAME PROTOS checkers/text/text.proto … DEPS proto) generates C++ from .proto files (paths from the root).
function(otmetka_proto name)
  cmake_parse_arguments(ARG "" "" "PROTOS;DEPS" ${ARGN})
  set(sources)
  foreach(file IN LISTS ARG_PROTOS)
    string(REGEX REPLACE "\\.proto$" "" stem ${file})
    add_custom_command(
      OUTPUT ${OTMETKA_GENERATED}/${stem}.pb.cc ${OTMETKA_GENERATED}/${stem}.pb.h
      COMMAND protobuf::protoc --cpp_out=${OTMETKA_GENERATED} -I${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/${file}
      DEPENDS ${CMAKE_SOURCE_DIR}/${file} VERBATIM)
    list(APPEND sources ${OTMETKA_GENERATED}/${stem}.pb.cc)
  endforeach()
  add_library(otmetka_${name} STATIC ${sources})
  otmetka_link(otmetka_${name} PUBLIC ${ARG_DEPS} protobuf::libprotobuf)
  target_include_directories(otmetka_${name} SYSTEM PUBLIC ${OTMETKA_GENERATED})
  target_compile_options(otmetka_${name} PRIVATE -w)
endfunction()

function(otmetka_link target scope)
  foreach(dep IN LISTS ARGN)
    if(dep MATCHES "::")
      target_link_libraries(${target} ${scope} ${dep})
    else()
      target_link_libraries(${target} ${scope} otmetka_${dep})
    endif()
  endforeach()
endfunction()

# The executable that otmetka_test and otmetka_test_program put to CTest.
function(otmetka_add_test_executable name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  otmetka_link(${name} PRIVATE ${ARG_DEPS} GTest::gtest GTest::gmock GTest::gtest_main)
  target_link_libraries(${name} PRIVATE otmetka_warnings)
  otmetka_use_shared_headers(${name} otmetka_test_pch)
  target_compile_definitions(${name} PRIVATE OTMETKA_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
    OTMETKA_BINARY_DIR="${CMAKE_BINARY_DIR}")
endfunction()

# otmetka_test(NAME SOURCES x_test.cc … DEPS …) makes a GoogleTest program whose cases CTest runs one by one. Their label is
# `unit` unless LABELS says otherwise; TIMEOUT is in seconds.
function(otmetka_test name)
  if(OTMETKA_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "TIMEOUT;LABELS" "SOURCES;DEPS" ${ARGN})
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  otmetka_add_test_executable(${name} SOURCES ${ARG_SOURCES} DEPS ${ARG_DEPS})
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS ${ARG_LABELS}
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endfunction()

# The same, but CTest runs the program as one test: for those whose cases share a server that takes long to start.
function(otmetka_test_program name)
  if(OTMETKA_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "TIMEOUT;LABELS" "SOURCES;DEPS" ${ARGN})
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
  endif()
  otmetka_add_test_executable(${name} SOURCES ${ARG_SOURCES} DEPS ${ARG_DEPS})
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS ${ARG_LABELS} SKIP_REGULAR_EXPRESSION "\\[  PASSED  \\] 0 tests")
endfunction()

if(OTMETKA_FUZZ)
  add_custom_target(fuzz_targets)
endif()

# otmetka_fuzz(NAME SOURCES x_fuzz.cc DEPS …) makes a libFuzzer program; its kept corpus is tests/corpus/NAME.
# In the fuzz preset CTest runs it for a few seconds on that corpus.
function(otmetka_fuzz name)
  if(NOT OTMETKA_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  otmetka_link(${name} PRIVATE ${ARG_DEPS})
  target_link_libraries(${name} PRIVATE otmetka_warnings)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  add_dependencies(fuzz_targets ${name})
  add_test(NAME fuzz.${name} COMMAND ${CMAKE_SOURCE_DIR}/tests/run_fuzz.sh $<TARGET_FILE:${name}> ${name})
  set_tests_properties(fuzz.${name} PROPERTIES TIMEOUT 1200)
endfunction()
