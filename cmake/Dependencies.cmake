# Everything comes from the distribution's packages (packages.txt); nothing is downloaded.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(ZLIB REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(simdjson REQUIRED)
find_package(Boost 1.81.0 EXACT CONFIG REQUIRED)  # Its headers: Asio and Beast.
pkg_check_modules(b2 REQUIRED IMPORTED_TARGET libb2)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash)
find_library(TERCET_STEMMER stemmer REQUIRED)  # It comes without a .pc file.
if(TERCET_DEVELOPER_MODE)
  find_package(GTest REQUIRED)
  find_package(benchmark REQUIRED)
endif()
