#include "serve/recent_texts.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tercet::serve {
namespace {

bool is_for(const Reading& reading, std::span<const std::string> languages,
            const SessionOptions& options) {
  return reading.options.words == options.words && reading.options.phrases == options.phrases &&
         reading.options.repairs == options.repairs &&
         reading.options.lane_words == options.lane_words && reading.options.gate == options.gate &&
         std::equal(languages.begin(), languages.end(), reading.languages.begin(),
                    reading.languages.end());
}

}  // namespace

Result<Reading> RecentTexts::take(const Repertoire& repertoire,
                                  std::span<const std::string> languages,
                                  const SessionOptions& options, std::string_view text) {
  {
    const std::lock_guard lock(mutex_);
    auto best = readings_.end();
    for (auto at = readings_.begin(); at != readings_.end(); ++at) {
      const std::string& read = at->session.text_before();
      const bool longer =
          best == readings_.end() || read.size() > best->session.text_before().size();
      if (longer && text.starts_with(read) && is_for(*at, languages, options)) best = at;
    }
    if (best != readings_.end()) {
      Reading found = std::move(*best);
      bytes_ -= found.session.text_before().size();
      readings_.erase(best);
      return found;
    }
  }
  const auto spoken = repertoire.only(languages);
  if (!spoken) return spoken.error();
  return Reading{{languages.begin(), languages.end()}, options, Session(*spoken, options)};
}

void RecentTexts::give_back(Reading reading) {
  std::list<Reading> node;
  node.push_back(std::move(reading));
  const std::lock_guard lock(mutex_);
  bytes_ += node.front().session.text_before().size();
  readings_.splice(readings_.begin(), node);
}

void RecentTexts::trim() {
  std::list<Reading> dropped;  // Destroyed when the lock is gone.
  const std::lock_guard lock(mutex_);
  while (bytes_ > kMostBytes || readings_.size() > kMostTexts) {
    // A text too long alone goes before it drives out all others.
    const bool too_long = readings_.front().session.text_before().size() > kMostBytes;
    const auto oldest = too_long ? readings_.begin() : std::prev(readings_.end());
    bytes_ -= oldest->session.text_before().size();
    dropped.splice(dropped.end(), readings_, oldest);
  }
}

}  // namespace tercet::serve
