#include "os/system.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <thread>

namespace tercet::os {
namespace {

constexpr unsigned kDefaultWidth = 80;

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc()) return std::nullopt;
  return value;
}

// This process's cgroup (version 2): /proc/self/cgroup is the line "0::/PATH".
std::filesystem::path cgroup() {
  std::ifstream file("/proc/self/cgroup");
  std::string line;
  while (std::getline(file, line)) {
    if (line.starts_with("0::/")) return std::filesystem::path("/sys/fs/cgroup") / line.substr(4);
  }
  return "/sys/fs/cgroup";
}

// The smallest limit from this process's cgroup up to the root: each of them applies.
template <class T>
T smallest_limit(const char* file_name, std::optional<T> (*parse)(std::string_view)) {
  T smallest = std::numeric_limits<T>::max();
  for (std::filesystem::path at = cgroup(); at.has_relative_path() && at != "/sys/fs";
       at = at.parent_path()) {
    std::ifstream file(at / file_name);
    std::string line;
    if (!std::getline(file, line)) continue;
    smallest = std::min(smallest, parse(line).value_or(smallest));
  }
  return smallest;
}

}  // namespace

void prepare_process() noexcept {
  std::signal(SIGXFSZ, SIG_IGN);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // open() takes the lowest free descriptor, and the wrong direction makes its use an error.
    if (::fcntl(stream, F_GETFD) == -1)
      static_cast<void>(::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY));
  }
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
}

unsigned cpu_count() {
  cpu_set_t set;
  CPU_ZERO(&set);
  unsigned count = std::thread::hardware_concurrency();
  if (::sched_getaffinity(0, sizeof set, &set) == 0) count = static_cast<unsigned>(CPU_COUNT(&set));
  return std::max(1U, std::min(count, smallest_limit("cpu.max", parse_cpu_quota)));
}

std::uint64_t total_memory() {
  const auto pages = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES));
  const auto page_bytes = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return std::min(pages * page_bytes, smallest_limit("memory.max", parse_memory_limit));
}

std::uint64_t peak_resident_bytes() noexcept {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

bool is_terminal(int descriptor) noexcept { return ::isatty(descriptor) == 1; }

unsigned terminal_width(int descriptor) noexcept {
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kDefaultWidth;
  return size.ws_col;
}

std::optional<unsigned> parse_cpu_quota(std::string_view text) {
  const auto space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto quota = parse_number(text.substr(0, space));
  const auto period = parse_number(text.substr(space + 1));
  if (!quota || !period || *period == 0) return std::nullopt;
  const std::uint64_t cpus = *quota / *period + (*quota % *period != 0 ? 1 : 0);
  return static_cast<unsigned>(std::clamp<std::uint64_t>(cpus, 1, 1U << 16));
}

std::optional<std::uint64_t> parse_memory_limit(std::string_view text) {
  return parse_number(text);
}

}  // namespace tercet::os
