// What the machine has, as far as this process may use it.
#ifndef TERCET_OS_SYSTEM_H_
#define TERCET_OS_SYSTEM_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace tercet::os {

/// Call once, at the start of a program. As many open files as the system grants: every thread and
/// order of a training has its own. A file-size limit is an error, not a signal. A standard stream
/// that is closed fails when it is used, and is never mistaken for a file opened later.
void prepare_process() noexcept;

/// Threads worth starting, at least 1: the processors of the affinity mask, or the cgroup's quota
/// (containers) where that is less.
unsigned cpu_count();

/// Bytes of memory: the machine's, or the cgroup's limit where that is less.
std::uint64_t total_memory();

/// The most bytes that this process has had in memory at once.
std::uint64_t peak_resident_bytes() noexcept;

/// True when the descriptor is a terminal (2 is stderr).
bool is_terminal(int descriptor) noexcept;

/// Columns of the terminal; 80 when there is none or it does not say.
unsigned terminal_width(int descriptor) noexcept;

/// Processors that a cgroup's `cpu.max` ("200000 100000", "max 100000") allows, rounded up.
std::optional<unsigned> parse_cpu_quota(std::string_view text);

/// Bytes that a cgroup's `memory.max` ("1073741824", "max") allows.
std::optional<std::uint64_t> parse_memory_limit(std::string_view text);

}  // namespace tercet::os

#endif  // TERCET_OS_SYSTEM_H_
