// Sizes and lists as people type and read them.
#ifndef TERCET_APPS_CLI_UNITS_H_
#define TERCET_APPS_CLI_UNITS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tercet/error.h"

namespace tercet::cli {

/// "500M", "2G", "65536", "1.5g", "2GiB": binary units, K = 1024 bytes. kInvalidArgument otherwise.
Result<std::uint64_t> parse_bytes(std::string_view text);

/// "812 B", "1.5 KiB", "12.3 MiB"
std::string format_bytes(std::uint64_t bytes);

/// "0,0,1": counts that never decrease. kInvalidArgument otherwise.
Result<std::vector<std::uint64_t>> parse_prune_counts(std::string_view text);

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_UNITS_H_
