#include "serve/stop_strings.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace tercet::serve {
namespace {

/// How many bytes at the end of `text` `stop` may begin with.
std::size_t overlap(std::string_view text, std::string_view stop) {
  std::size_t size = std::min(text.size(), stop.size() - 1);
  while (size > 0 && !stop.starts_with(text.substr(text.size() - size))) --size;
  return size;
}

}  // namespace

StopStrings::StopStrings(std::vector<std::string> stops) : stops_(std::move(stops)) {
  std::erase_if(stops_, [](const std::string& stop) { return stop.empty(); });
}

std::string StopStrings::feed(std::string_view piece) {
  if (stopped()) return {};
  held_ += piece;
  std::size_t first = std::string::npos;
  std::size_t kept = 0;
  for (const std::string& stop : stops_) {
    const std::size_t at = held_.find(stop);
    if (at < first) {
      first = at;
      found_ = stop;
    }
    kept = std::max(kept, overlap(held_, stop));
  }
  const std::size_t shown = stopped() ? first : held_.size() - kept;
  std::string out = held_.substr(0, shown);
  held_.erase(0, shown);
  return out;
}

std::string StopStrings::finish() { return stopped() ? std::string() : std::exchange(held_, {}); }

}  // namespace tercet::serve
