#include "serve/suggest.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/json_error.h"
#include "json/fields.h"
#include "json/value.h"
#include "json/writer.h"
#include "serve/answer.h"
#include "serve/lanes.h"
#include "serve/offers_json.h"
#include "tercet/session.h"

namespace tercet::serve {
namespace {

/// Bytes of a text that count, on each side of the caret: 1 MB of it would take a second or two.
constexpr std::size_t kRead = 16UL * 1024;
constexpr std::string_view kSpaces = " \n\t";

/// The last kRead bytes, up to twice as many: a text that grows begins at the same place most of
/// the time, so that it can be read on from where it was read before.
std::string_view near_end(std::string_view before) {
  if (before.size() <= 2 * kRead) return before;
  const std::size_t cut = (before.size() / kRead - 1) * kRead;
  const std::size_t space = before.find_first_of(kSpaces, cut);
  return before.substr(space < before.size() - kRead / 2 ? space : cut);
}

std::string_view near_begin(std::string_view after) {
  if (after.size() <= kRead) return after;
  return after.substr(0, std::min(kRead, after.find_last_of(kSpaces, kRead)));
}

}  // namespace

http::Response suggest(const Models& models, Metrics& metrics, const http::Request& request) {
  const auto asked = json::parse(request.body);
  if (!asked) return http::json_error(400, asked.error().message);
  SessionOptions options;
  std::string before;
  std::string after;
  std::vector<std::string> languages;
  auto count = static_cast<std::int64_t>(options.words);
  json::Fields fields(*asked);
  fields.read("before", before).read("after", after).read("count", count, 1, kMostOffers);
  fields.read("phrases", options.phrases).read("repairs", options.repairs);
  fields.read("languages", languages);
  read_lanes(fields, options);
  if (!fields.ok()) return refusal(fields);
  options.words = static_cast<std::size_t>(count);

  const std::string_view counting = near_end(before);
  const auto start = std::chrono::steady_clock::now();
  auto reading = models.recent_texts().take(models.repertoire(), languages, options,
                                            after.empty() ? counting : std::string_view());
  if (!reading) return http::json_error(400, reading.error().message, {}, "languages");
  Session& session = reading->session;
  if (after.empty()) {
    session.update(counting, {}, true);
  } else {
    session.open(counting, near_begin(after));
  }
  const Offers offers = session.suggest();
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  metrics.suggestions.add(seconds);
  json::Writer json;
  json.begin_object();
  put(json, offers, options, seconds * 1e6);
  if (after.empty()) models.recent_texts().give_back(std::move(*reading));
  return json_answer(json.end_object());
}

http::Response info(const Models& models, const Scribe* scribe, std::size_t most_text_bytes) {
  json::Writer json;
  json.begin_object().field("version", TERCET_VERSION).key("models").begin_array();
  for (const ServedModel& each : models.all()) {
    std::uint64_t ngrams = 0;
    for (const std::uint64_t count : each.info.ngrams) ngrams += count;
    json.begin_object().field("id", each.id).field("language", each.info.language);
    json.field("order", each.info.order).field("words", each.model.vocabulary_size());
    json.field("ngrams", ngrams).field("bytes", each.info.file_bytes);
    json.field("lanes", each.info.lanes).end_object();
  }
  json.end_array().field("learning", scribe != nullptr);
  json.field("store", scribe != nullptr ? scribe->path().string() : "");
  json.key("limits").begin_object().field("text_bytes", most_text_bytes);
  json.field("count", kMostOffers).end_object().end_object();
  return json_answer(json);
}

}  // namespace tercet::serve
