# How this project declares its targets: every room of src/ is one static library `rankscape_<room>`, installed as
# `rankscape::<room>` (RankscapePackage.cmake); every folder of tests/ is one doctest executable, registered with CTest once per tag.

# Flags of our own builds. They are PRIVATE: a user of the installed libraries is not forced into them.
function(rankscape_flags target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # NOTE: false positives of GCC 12 on std::string copies at -O2 (GCC bugs 105651 and 105329)
    target_compile_options(${target} PRIVATE -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
  endif()
  if(RANKSCAPE_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(RANKSCAPE_SANITIZE)
    # Where the address sanitizer watches, a null pointer and an object that is too small are its to find; alignment is of
    # no consequence on the machines we build for. These three checks stand at each access and cost a fifth of the build.
    target_compile_options(${target} PRIVATE -fsanitize=${RANKSCAPE_SANITIZE} -fno-omit-frame-pointer
                                             -fno-sanitize=null,object-size,alignment -fno-sanitize-recover=all)
    target_link_options(${target} PUBLIC -fsanitize=${RANKSCAPE_SANITIZE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      # NOTE: false positives inside <regex>; GCC's manual says that instrumentation causes them (option -fsanitize)
      target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)
    endif()
  endif()
endfunction()

# What a target does with its input is seen by the fuzzers, which are shown new branches: said of the code that reads what
# others write, as instrumenting all of the library makes its build and its tests a quarter slower.
function(rankscape_seen_by_fuzzers target)
  if(RANKSCAPE_FUZZ)
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
endfunction()

# Most of the time of a build from nothing is spent reading Eigen, Boost.Multiprecision and nlohmann-json again and again.
# One precompiled header serves all rooms and another the program and the tests, which have other flags; sources include
# what they use all the same (RANKSCAPE_PCH=OFF checks).
function(rankscape_precompiled target headers)
  if(NOT RANKSCAPE_PCH)
    return()
  endif()
  if(NOT TARGET ${headers})
    file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/precompiled.cpp" CONTENT "")  # keeps its time where it is there
    add_library(${headers} OBJECT "${PROJECT_BINARY_DIR}/precompiled.cpp")
    rankscape_flags(${headers})
    if(headers STREQUAL rankscape_fuzzed_pch)
      rankscape_seen_by_fuzzers(${headers})
    endif()
    target_link_libraries(${headers} PRIVATE Eigen3::Eigen Boost::headers nlohmann_json::nlohmann_json)
    target_precompile_headers(${headers} PRIVATE
      <Eigen/Core> <boost/multiprecision/eigen.hpp> <boost/multiprecision/gmp.hpp> <nlohmann/json.hpp> <functional>
      <map> <memory> <optional> <set> <string> <vector>)
  endif()
  target_precompile_headers(${target} REUSE_FROM ${headers})
endfunction()

# The Python module, which is a shared library, is made of the rooms as well. Hidden visibility keeps calls between them
# as direct as they are in a program; `check` is some 7% slower all the same, so that programs alone are built without.
function(rankscape_position_independent target)
  if(RANKSCAPE_PYTHON AND TARGET ${target})
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden
                                               VISIBILITY_INLINES_HIDDEN ON)
  endif()
endfunction()

# Flags of the command line and of the tests. What sanitizers are to see is in the rooms; the code around them is half of
# what that build compiles, and instrumented code compiles in half of the time when it is not optimized.
function(rankscape_outer_flags target)
  rankscape_flags(${target})
  rankscape_precompiled(${target} rankscape_outer_pch)
  foreach(each ${target} rankscape_outer_pch)
    if(RANKSCAPE_SANITIZE AND TARGET ${each})
      set_property(TARGET ${each} APPEND PROPERTY COMPILE_OPTIONS -O0)
    endif()
  endforeach()
endfunction()

# Tests are most of what is compiled: without sanitizers they are optimized a little, which compiles in two thirds of the
# time.
function(rankscape_test_flags target)
  if(RANKSCAPE_SANITIZE)
    rankscape_outer_flags(${target})
    return()
  endif()
  rankscape_flags(${target})
  rankscape_precompiled(${target} rankscape_test_pch)
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    foreach(each ${target} rankscape_test_pch)
      if(TARGET ${each})
        set_property(TARGET ${each} APPEND PROPERTY COMPILE_OPTIONS -O1)
      endif()
    endforeach()
  endif()
endfunction()

# Sources that are included by one file are headers to GCC, which then warns of their unnamed namespaces.
function(rankscape_several_at_a_time target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endfunction()

# rankscape_room(NAME [UNITY] [FUZZED] SOURCES ... USES room... LINK public libs... PRIVATE_LINK libs...)
# UNITY: where a precompiled header is wanted, sources are compiled several at a time as well, for the same reason (unless
# RANKSCAPE_UNITY is off: then a change recompiles one source); so names in unnamed namespaces are unique in such a room,
# and in every folder of tests.
# FUZZED: it reads what others write (rankscape_seen_by_fuzzers).
function(rankscape_room name)
  cmake_parse_arguments(ARG "UNITY;FUZZED" "" "SOURCES;USES;LINK;PRIVATE_LINK" ${ARGN})
  set(target rankscape_${name})
  add_library(${target} STATIC ${ARG_SOURCES})
  add_library(rankscape::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  rankscape_flags(${target})
  set(headers rankscape_pch)
  if(ARG_FUZZED AND RANKSCAPE_FUZZ)
    set(headers rankscape_fuzzed_pch)
    rankscape_seen_by_fuzzers(${target})
  endif()
  rankscape_precompiled(${target} ${headers})
  rankscape_position_independent(${target})
  rankscape_position_independent(rankscape_pch)
  if(ARG_UNITY AND RANKSCAPE_PCH AND RANKSCAPE_UNITY)
    rankscape_several_at_a_time(${target})
  endif()
  target_include_directories(${target}
    PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    PRIVATE ${PROJECT_SOURCE_DIR}/src)
  foreach(room IN LISTS ARG_USES)
    target_link_libraries(${target} PUBLIC rankscape_${room})
  endforeach()
  target_link_libraries(${target} PUBLIC ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
  if(RANKSCAPE_INSTALL)
    install(TARGETS ${target} EXPORT rankscape ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  endif()
endfunction()

# rankscape_test(NAME SOURCES ... USES room... LINK libs... [TAGS quick standard extreme] [LONG] [SEPARATE])
# LONG: its standard tests take minutes, and start first, so that no processor is idle beside them in the end.
# SEPARATE: sources that mean different things by one name (`Json`) are compiled one at a time.
# Tests carry their tag as the doctest suite they stand in: TEST_SUITE("quick") and so on. An executable that is asked
# for a tag it has no test of fails (see tests/main.cpp), so TAGS names just the suites that the sources contain.
function(rankscape_test name)
  cmake_parse_arguments(ARG "LONG;SEPARATE" "" "SOURCES;USES;LINK;TAGS" ${ARGN})
  set(target test_${name})
  add_executable(${target} ${ARG_SOURCES} $<TARGET_OBJECTS:rankscape_test_main>)
  rankscape_test_flags(${target})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/tests)
  foreach(room IN LISTS ARG_USES)
    target_link_libraries(${target} PRIVATE rankscape_${room})
  endforeach()
  target_link_libraries(${target} PRIVATE doctest::doctest ${ARG_LINK})
  if(RANKSCAPE_PCH AND RANKSCAPE_UNITY AND NOT ARG_SEPARATE)
    rankscape_several_at_a_time(${target})
  endif()
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  target_compile_definitions(${target} PRIVATE RANKSCAPE_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                                               RANKSCAPE_BINARY_DIR="${PROJECT_BINARY_DIR}")
  if(NOT ARG_TAGS)
    set(ARG_TAGS quick)
  endif()
  foreach(tag IN LISTS ARG_TAGS)
    add_test(NAME ${name}.${tag} COMMAND ${target} --test-suite=${tag} --no-intro)
    set_tests_properties(${name}.${tag} PROPERTIES LABELS ${tag} TIMEOUT 900)
    if(ARG_LONG AND tag STREQUAL "standard")
      set_tests_properties(${name}.${tag} PROPERTIES COST 100)
    endif()
  endforeach()
endfunction()
