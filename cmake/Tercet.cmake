# tercet_folder(NAME SOURCES... [LINK targets...] [TESTS files...])
# One static library `tercet_NAME` of a folder's sources, and one test program of the unit tests
# that lie beside them.
set(TERCET_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
    -Wold-style-cast -Wcast-qual -Wformat=2)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  list(APPEND TERCET_WARNINGS -Wno-restrict)  # g++ 12: false alarms on std::string + (bug 105651).
endif()
if(TERCET_DEVELOPER_MODE)
  list(APPEND TERCET_WARNINGS -Werror)
endif()

function(tercet_folder name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;TESTS" ${ARGN})
  add_library(tercet_${name} STATIC ${ARG_SOURCES})
  target_include_directories(tercet_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include
                                                   ${PROJECT_SOURCE_DIR}/src)
  target_compile_options(tercet_${name} PRIVATE ${TERCET_WARNINGS})
  target_link_libraries(tercet_${name} PUBLIC ${ARG_LINK})
  if(ARG_TESTS AND TERCET_DEVELOPER_MODE)
    tercet_test(${name}_test SOURCES ${ARG_TESTS} LINK tercet_${name})
  endif()
endfunction()

# tercet_test(NAME SOURCES... LINK...): one GoogleTest program, each test known to ctest by name.
include(GoogleTest)
function(tercet_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_compile_options(${name} PRIVATE ${TERCET_WARNINGS})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} GTest::gtest_main)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 600)
endfunction()
