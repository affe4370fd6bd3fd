#include "serve/recording.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "json/writer.h"
#include "serve/clock.h"
#include "tercet/learning.h"

namespace tercet::serve {

struct Recording::Desk {
  Desk(std::string from, std::shared_ptr<http::Socket> to, Metrics& all)
      : source(std::move(from)), client(std::move(to)), metrics(all) {}

  Recorder& recorder_of(Store& store) {
    if (!recorder) recorder.emplace(store, source, now);
    return *recorder;
  }
  void count(std::uint64_t number, std::size_t words) {
    std::size_t& before = counts[number];
    total += words - before;
    before = words;
  }
  std::vector<Evidence> take_doubts() {
    const std::lock_guard lock(mutex);
    return std::exchange(doubts, {});
  }
  void tell(const Status& status, const Scribe& scribe);

  std::string source;
  std::shared_ptr<http::Socket> client;
  Metrics& metrics;
  std::optional<Recorder> recorder;
  std::map<std::uint64_t, std::size_t> counts;  // Words, by sentence.
  std::size_t total = 0;
  std::size_t learnt = 0;  // Of these, as the client was told last.
  bool complained = false;
  std::uint64_t edition = 0;  // Of what the session remembers.
  std::mutex mutex;
  std::vector<Evidence> doubts;  // That wait for the scribe; guarded by `mutex`.
};

/// The client, and of trouble the operator, too.
void Recording::Desk::tell(const Status& status, const Scribe& scribe) {
  json::Writer json;
  if (status.ok()) {
    if (total > learnt) metrics.words_learnt += total - learnt;
    learnt = total;
    json.begin_object().field("type", "learnt").field("words", total).end_object();
  } else if (!complained) {
    json.begin_object().field("type", "trouble").field("message", status.error().message);
    json.end_object();
    ++metrics.store_troubles;
    scribe.complain(status.error());
  }
  complained = !status.ok();
  if (!json.text().empty()) client->send(json.text());
}

Recording::Recording(Scribe& scribe, std::string source, std::shared_ptr<http::Socket> client,
                     Metrics& metrics)
    : scribe_(scribe),
      desk_(std::make_shared<Desk>(std::move(source), std::move(client), metrics)) {}

/// The recorder ends where it has lived.
Recording::~Recording() {
  scribe_.ask([desk = std::move(desk_)](Store& /*store*/) { desk->recorder.reset(); });
}

void Recording::begin(std::uint64_t edition) { desk_->edition = edition; }

void Recording::sentence(std::uint64_t number, std::string_view language,
                         std::span<const std::string_view> words) {
  std::vector<std::string> kept(words.begin(), words.end());
  scribe_.ask([&scribe = scribe_, desk = desk_, number, language = std::string(language),
               kept = std::move(kept)](Store& store) {
    if (desk->edition != scribe.edition()) return;
    const std::vector<std::string_view> views(kept.begin(), kept.end());
    Recorder& recorder = desk->recorder_of(store);
    recorder.sentence(number, language, views);
    const auto written = std::count_if(views.begin(), views.end(),
                                       [](std::string_view word) { return !word.empty(); });
    desk->count(number, static_cast<std::size_t>(written));
    desk->tell(recorder.status(), scribe);
  });
}

/// What comes while the scribe is busy is written together: whoever deletes a page doubts hundreds
/// of words at once.
void Recording::doubt(std::string_view word, bool struck) {
  {
    const std::lock_guard lock(desk_->mutex);
    desk_->doubts.push_back({std::string(word), struck ? 1 : 0, struck ? 0 : 1});
    if (desk_->doubts.size() > 1) return;  // Asked already.
  }
  scribe_.ask([&scribe = scribe_, desk = desk_](Store& store) {
    const std::vector<Evidence> doubts = desk->take_doubts();
    if (desk->edition != scribe.edition()) return;
    Recorder& recorder = desk->recorder_of(store);
    recorder.doubts(doubts);
    // No news of words, unless some were waiting.
    if (desk->complained || !recorder.status().ok()) desk->tell(recorder.status(), scribe);
  });
}

}  // namespace tercet::serve
