# MPFR has no CMake package in Debian: mpfr::mpfr
find_path(MPFR_INCLUDE_DIR mpfr.h)
find_library(MPFR_LIBRARY mpfr)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(MPFR REQUIRED_VARS MPFR_LIBRARY MPFR_INCLUDE_DIR)
if(MPFR_FOUND AND NOT TARGET mpfr::mpfr)
  find_package(GMP REQUIRED)
  add_library(mpfr::mpfr UNKNOWN IMPORTED)
  set_target_properties(mpfr::mpfr PROPERTIES IMPORTED_LOCATION "${MPFR_LIBRARY}"
                                              INTERFACE_INCLUDE_DIRECTORIES "${MPFR_INCLUDE_DIR}")
  target_link_libraries(mpfr::mpfr INTERFACE gmp::gmp)
endif()
mark_as_advanced(MPFR_INCLUDE_DIR MPFR_LIBRARY)
