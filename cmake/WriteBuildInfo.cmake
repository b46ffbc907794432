# Writes build_info.hpp: OUTPUT from SOURCE_DIR, PROJECT_VERSION and HEDGEROW_COMPILER.
execute_process(COMMAND git -C "${SOURCE_DIR}" describe --always --dirty --exclude=*
  OUTPUT_VARIABLE HEDGEROW_GIT_REVISION OUTPUT_STRIP_TRAILING_WHITESPACE
  ERROR_QUIET RESULT_VARIABLE git_failed)
if(git_failed)
  set(HEDGEROW_GIT_REVISION "unknown")
endif()
configure_file("${SOURCE_DIR}/cmake/build_info.hpp.in" "${OUTPUT}" @ONLY)
file(TOUCH "${OUTPUT}")
