# Arb (ball arithmetic, before it was merged into FLINT 3) has no CMake package in Debian: arb::arb
find_path(Arb_INCLUDE_DIR arb_mat.h)
find_library(Arb_LIBRARY NAMES flint-arb arb)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Arb REQUIRED_VARS Arb_LIBRARY Arb_INCLUDE_DIR)
if(Arb_FOUND AND NOT TARGET arb::arb)
  find_package(FLINT REQUIRED)
  add_library(arb::arb UNKNOWN IMPORTED)
  set_target_properties(arb::arb PROPERTIES IMPORTED_LOCATION "${Arb_LIBRARY}"
                                            INTERFACE_INCLUDE_DIRECTORIES "${Arb_INCLUDE_DIR}")
  target_link_libraries(arb::arb INTERFACE flint::flint)
endif()
mark_as_advanced(Arb_INCLUDE_DIR Arb_LIBRARY)
