# GiNaC ships pkg-config files only: ginac::ginac (brings CLN)
find_path(GiNaC_INCLUDE_DIR ginac/ginac.h)
find_library(GiNaC_LIBRARY ginac)
find_library(CLN_LIBRARY cln)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(GiNaC REQUIRED_VARS GiNaC_LIBRARY CLN_LIBRARY GiNaC_INCLUDE_DIR)
if(GiNaC_FOUND AND NOT TARGET ginac::ginac)
  add_library(ginac::ginac UNKNOWN IMPORTED)
  set_target_properties(ginac::ginac PROPERTIES IMPORTED_LOCATION "${GiNaC_LIBRARY}"
                                                INTERFACE_INCLUDE_DIRECTORIES "${GiNaC_INCLUDE_DIR}"
                                                INTERFACE_LINK_LIBRARIES "${CLN_LIBRARY}")
endif()
mark_as_advanced(GiNaC_INCLUDE_DIR GiNaC_LIBRARY CLN_LIBRARY)
