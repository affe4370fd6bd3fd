// Times as people type and read them, in the local time zone.
#ifndef TERCET_APPS_CLI_TIMES_H_
#define TERCET_APPS_CLI_TIMES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "tercet/error.h"

namespace tercet::cli {

/// Unix milliseconds.
std::int64_t now();

/// "2026-03-01", "2026-03-01T17:30", "2026-03-01 17:30:05" (local time), or "10m", "2h", "3d", "1w"
/// before `now`; as Unix milliseconds. kInvalidArgument otherwise.
Result<std::int64_t> parse_time(std::string_view text, std::int64_t now);

/// "2026-03-01 17:30:05"
std::string format_time(std::int64_t milliseconds);

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_TIMES_H_
