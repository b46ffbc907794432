# What every target of Hedgerow is built with. Floating-point arithmetic is kept exactly as written
# (no contraction, no fast-math), so that results are equal bit for bit across compilers' versions.
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

add_library(hedgerow_build_settings INTERFACE)
target_compile_features(hedgerow_build_settings INTERFACE cxx_std_20)
target_include_directories(hedgerow_build_settings INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(hedgerow_build_settings INTERFACE
  -ffp-contract=off
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor
  -Wold-style-cast -Woverloaded-virtual
  $<$<BOOL:${HEDGEROW_WARNINGS_AS_ERRORS}>:-Werror>)
target_compile_definitions(hedgerow_build_settings INTERFACE
  $<$<BOOL:${HEDGEROW_CONTRACTS}>:HEDGEROW_CONTRACTS=1>)

if(HEDGEROW_SANITIZE)
  target_compile_definitions(hedgerow_build_settings INTERFACE HEDGEROW_SANITIZED=1)
endif()
if(HEDGEROW_SANITIZE STREQUAL "address")
  # Three checks of every pointer that is followed are left to the long_sanitizers target: a null one ends the
  # program anyway, and nothing here casts to a type of another alignment or size. They take a quarter of the time
  # that building takes.
  target_compile_options(hedgerow_build_settings INTERFACE
    -fsanitize=address,undefined
    $<$<NOT:$<BOOL:${HEDGEROW_SANITIZE_POINTERS}>>:-fno-sanitize=null,alignment,object-size>
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(hedgerow_build_settings INTERFACE -fsanitize=address,undefined)
elseif(HEDGEROW_SANITIZE STREQUAL "thread")
  target_compile_options(hedgerow_build_settings INTERFACE -fsanitize=thread -fno-omit-frame-pointer)
  target_link_options(hedgerow_build_settings INTERFACE -fsanitize=thread)
elseif(HEDGEROW_SANITIZE)
  message(FATAL_ERROR "HEDGEROW_SANITIZE is '${HEDGEROW_SANITIZE}' (must be empty, address or thread)")
endif()

if(HEDGEROW_BUILD_FUZZ)
  # Everything tells the fuzzer which of its branches were taken; only a fuzzed program has the fuzzer's main().
  target_compile_options(hedgerow_build_settings INTERFACE -fsanitize=fuzzer-no-link)
endif()

# hedgerow_library(NAME SOURCES ... LINKS ...): one folder of a floor as a static library.
# A folder without sources becomes an interface library.
function(hedgerow_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS")
  if(arg_SOURCES)
    add_library(${name} STATIC ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC hedgerow_build_settings ${arg_LINKS})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE hedgerow_build_settings ${arg_LINKS})
  endif()
endfunction()

# hedgerow_test(NAME LABELS ... SOURCES ... LINKS ...): one doctest executable, one CTest entry.
function(hedgerow_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LABELS;SOURCES;LINKS")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE hedgerow_build_settings hedgerow_test_main doctest::doctest ${arg_LINKS})
  # Assertions are compiled once and run once: optimizing them costs more than it saves.
  target_compile_options(${name} PRIVATE $<IF:$<BOOL:${HEDGEROW_SANITIZE}>,-O0,-O1>)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}")
endfunction()
