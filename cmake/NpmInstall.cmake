# Installs what a package-lock.json lists, exactly, into a folder outside the source tree.
# SOURCE holds package.json and package-lock.json; WORK gets a copy of both and node_modules. Does nothing
# where that has been done for the same lock. Needs npm 9 or newer and, the first time, the npm registry.
find_program(npm npm)
if(NOT npm)
  message(FATAL_ERROR "npm is missing (Debian's packages nodejs and npm; script/bootstrap installs them)")
endif()

file(SHA256 "${SOURCE}/package-lock.json" lock)
file(SHA256 "${SOURCE}/package.json" manifest)
set(wanted "${lock} ${manifest}")
set(installed "")
if(EXISTS "${WORK}/installed")
  file(READ "${WORK}/installed" installed)
endif()
if(NOT installed STREQUAL wanted)
  file(REMOVE "${WORK}/installed")
  file(COPY "${SOURCE}/package.json" "${SOURCE}/package-lock.json" DESTINATION "${WORK}")
  execute_process(COMMAND ${npm} ci --ignore-scripts --no-fund --no-audit --no-update-notifier --loglevel=error
    WORKING_DIRECTORY "${WORK}" OUTPUT_VARIABLE said ERROR_VARIABLE said RESULT_VARIABLE failed)
  if(failed)
    message("${said}")
    message(FATAL_ERROR "npm ci failed in ${WORK} (can the npm registry be reached?)")
  endif()
  file(WRITE "${WORK}/installed" "${wanted}")
endif()
file(TOUCH "${WORK}/installed")
