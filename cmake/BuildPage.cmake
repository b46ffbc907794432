# Bundles the report page, apps/report, into one file. SOURCE is the web project; WORK a folder where
# NpmInstall.cmake has been, which gets a copy of the sources and their tests, so that nothing is written
# beside them; OUTPUT the page without results; DEPENDENCIES a list, for the build, of the sources and their
# folders, so that a new file is noticed without asking CMake again.
find_program(npm npm REQUIRED)

file(REMOVE_RECURSE "${WORK}/src" "${WORK}/test" "${WORK}/dist")
file(COPY "${SOURCE}/src" "${SOURCE}/test" "${SOURCE}/build.mjs" "${SOURCE}/tsconfig.json" DESTINATION "${WORK}")
execute_process(COMMAND ${npm} run build --silent -- --out "${WORK}/dist"
  WORKING_DIRECTORY "${WORK}" OUTPUT_VARIABLE said ERROR_VARIABLE said RESULT_VARIABLE failed)
if(failed)
  message("${said}")
  message(FATAL_ERROR "the report page could not be built (npm run build in ${WORK})")
endif()
file(GLOB_RECURSE sources LIST_DIRECTORIES true "${SOURCE}/src/*" "${SOURCE}/test/*")
list(PREPEND sources "${SOURCE}/src" "${SOURCE}/test")
list(TRANSFORM sources REPLACE " " "\\\\ ")
list(JOIN sources " \\\n  " listed)
file(WRITE "${DEPENDENCIES}" "${OUTPUT}: \\\n  ${listed}\n")
file(COPY_FILE "${WORK}/dist/page.html" "${OUTPUT}")
file(TOUCH "${OUTPUT}")
