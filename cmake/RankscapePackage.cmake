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
