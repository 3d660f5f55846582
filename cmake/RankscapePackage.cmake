# What find_package(rankscape) finds in another project: the public headers, the rooms as targets `rankscape::<room>`, and
# the find modules of the libraries they link that have no CMake package of their own.
include(CMakePackageConfigHelpers)

set(package "${CMAKE_INSTALL_LIBDIR}/cmake/rankscape")
set(landscapes "${CMAKE_INSTALL_DATADIR}/rankscape/landscapes")

install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/rankscape" DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT rankscape NAMESPACE rankscape:: FILE rankscapeTargets.cmake DESTINATION ${package})
install(DIRECTORY "${CMAKE_CURRENT_LIST_DIR}/" DESTINATION ${package}/modules FILES_MATCHING PATTERN "Find*.cmake")

configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/rankscapeConfig.cmake.in" rankscapeConfig.cmake
                              INSTALL_DESTINATION ${package} PATH_VARS landscapes)
# before 1.0 the interface may change with each minor version
write_basic_package_version_file(rankscapeConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/rankscapeConfig.cmake" "${CMAKE_CURRENT_BINARY_DIR}/rankscapeConfigVersion.cmake"
        DESTINATION ${package})

# A Debian package of all that is installed: `cpack -G DEB --config build/CPackConfig.cmake`.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR "The rankscape authors")
set(CPACK_PACKAGE_CONTACT "The rankscape authors")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION math)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE gzip)  # of static libraries that is most of the time
# what another project that links the libraries needs besides
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "libginac-dev, libeigen3-dev, libboost-dev, libflint-dev, libflint-arb-dev, libtbb-dev, nlohmann-json3-dev, libtomlplusplus-dev, tao-pegtl-dev, libfmt-dev, nettle-dev, zlib1g-dev")
if(RANKSCAPE_PYTHON)
  math(EXPR next "${Python3_VERSION_MINOR} + 1")
  set(CPACK_DEBIAN_PACKAGE_DEPENDS
      "python3 (>= ${Python3_VERSION_MAJOR}.${Python3_VERSION_MINOR}), python3 (<< ${Python3_VERSION_MAJOR}.${next})")
  set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "python3-numpy, python3-pandas")
endif()
include(CPack)
