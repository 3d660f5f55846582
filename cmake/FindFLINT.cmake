# FLINT 2 has no CMake package in Debian: flint::flint
find_path(FLINT_INCLUDE_DIR flint/fmpz_mat.h)
find_library(FLINT_LIBRARY flint)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(FLINT REQUIRED_VARS FLINT_LIBRARY FLINT_INCLUDE_DIR)
if(FLINT_FOUND AND NOT TARGET flint::flint)
  find_package(MPFR REQUIRED)
  add_library(flint::flint UNKNOWN IMPORTED)
  set_target_properties(flint::flint PROPERTIES IMPORTED_LOCATION "${FLINT_LIBRARY}"
                                                INTERFACE_INCLUDE_DIRECTORIES "${FLINT_INCLUDE_DIR}")
  target_link_libraries(flint::flint INTERFACE mpfr::mpfr)
endif()
mark_as_advanced(FLINT_INCLUDE_DIR FLINT_LIBRARY)
