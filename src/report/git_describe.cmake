# Writes HEADER with `git describe` of SOURCE_DIR. "unknown" outside git, also where the sources lie unversioned inside
# somebody else's repository.
cmake_minimum_required(VERSION 3.25)
set(answer "unknown")
set(ENV{GIT_OPTIONAL_LOCKS} 0)
execute_process(COMMAND git rev-parse --show-toplevel WORKING_DIRECTORY "${SOURCE_DIR}" OUTPUT_VARIABLE toplevel
                OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(NOT failed)
  file(REAL_PATH "${toplevel}" toplevel)
  file(REAL_PATH "${SOURCE_DIR}" source)
  if(toplevel STREQUAL source)
    execute_process(COMMAND git describe --always --dirty --tags WORKING_DIRECTORY "${SOURCE_DIR}"
                    OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
    if(NOT failed)
      set(answer "${described}")
    endif()
  endif()
endif()
file(CONFIGURE OUTPUT "${HEADER}" CONTENT "#define RANKSCAPE_GIT_DESCRIBE \"@answer@\"\n" @ONLY)
