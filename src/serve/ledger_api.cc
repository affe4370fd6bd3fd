#include "serve/ledger_api.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "http/json_error.h"
#include "http/target.h"
#include "json/fields.h"
#include "json/value.h"
#include "json/writer.h"
#include "serve/answer.h"
#include "serve/clock.h"
#include "tercet/ledger.h"
#include "text/fold.h"
#include "text/language.h"

namespace tercet::serve {
namespace {

constexpr std::int64_t kLatest = std::numeric_limits<std::int64_t>::max();
constexpr std::array<std::pair<std::string_view, Blocking>, 3> kMeanings = {
    {{"suggest", Blocking::kNeverSuggest},
     {"complete", Blocking::kNeverComplete},
     {"allow", Blocking::kAllow}}};

http::Response done() {
  return json_answer(json::Writer().begin_object().field("ok", true).end_object());
}

http::Response trouble(const Error& error) {
  const bool theirs = error.code == ErrorCode::kInvalidArgument;
  return http::json_error(theirs ? 400 : 500, error.message);
}

/// The text is the client's, damaged or of a newer version as it may be; only the disk is ours.
http::Response import_trouble(const Error& error) {
  return http::json_error(error.code == ErrorCode::kIo ? 500 : 400, error.message);
}

/// A number of the query, or `missing`; nullopt if it is none or too large.
std::optional<std::size_t> number(std::string_view query, std::string_view name,
                                  std::size_t missing, std::size_t most) {
  const auto text = http::query_value(query, name);
  if (!text || text->empty()) return missing;
  std::size_t value = 0;
  const char* const end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, value);
  if (read.ec != std::errc() || read.ptr != end || value > most) return std::nullopt;
  return value;
}

struct ListRequest {
  std::string search;  // Folded, as the list shows words.
  std::string sort;
  std::size_t offset = 0;
  std::size_t limit = 50;
};

std::vector<LedgerList::Row> rows_of(const LedgerList& list, const ListRequest& request) {
  std::vector<LedgerList::Row> rows = list.sorted();  // Most frequent first.
  std::erase_if(rows, [&](const LedgerList::Row& row) {
    return row.first.find(request.search) == std::string_view::npos;
  });
  if (request.sort == "recent") {
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
      return a.second->last != b.second->last ? a.second->last > b.second->last : a.first < b.first;
    });
  } else if (request.sort == "word") {
    std::sort(rows.begin(), rows.end());
  }
  return rows;
}

http::Response list_of(const std::vector<LedgerList::Row>& rows, const ListRequest& request) {
  json::Writer json;
  json.begin_object().field("total", rows.size()).key("words").begin_array();
  const std::size_t begin = std::min(request.offset, rows.size());
  const std::size_t end = std::min(begin + request.limit, rows.size());
  for (std::size_t i = begin; i < end; ++i) {
    const auto& [word, entry] = rows[i];
    json.begin_object().field("word", word).field("count", entry->count);
    json.field("first", entry->first).field("last", entry->last).key("sources").begin_array();
    for (const std::string& source : entry->sources) json.value(source);
    json.end_array().end_object();
  }
  return json_answer(json.end_array().end_object());
}

}  // namespace

void list_ledger(Scribe& scribe, const http::Request& request, http::Reply reply) {
  const auto offset = number(request.query, "offset", 0, std::size_t{1} << 40);
  const auto limit = number(request.query, "limit", 50, 1000);
  if (!offset || !limit)
    return reply(http::json_error(400, "offset, limit: must be whole numbers, limit at most 1000"));
  ListRequest wanted{
      {}, http::query_value(request.query, "sort").value_or("count"), *offset, *limit};
  text::fold(http::query_value(request.query, "search").value_or(""), text::language(""),
             wanted.search);
  if (wanted.sort != "recent" && wanted.sort != "count" && wanted.sort != "word")
    return reply(http::json_error(400, "sort: must be recent, count or word", {}, "sort"));
  scribe.ask([wanted = std::move(wanted), reply = std::move(reply)](Store& store) {
    LedgerList list({});
    const Status status = store.visit(list);
    reply(status.ok() ? list_of(rows_of(list, wanted), wanted) : trouble(status.error()));
  });
}

void ledger_stats(Scribe& scribe, const http::Request& /*request*/, http::Reply reply) {
  scribe.ask([reply = std::move(reply)](Store& store) {
    const auto stats = store.stats();
    SourceList sources;
    const Status status = stats.ok() ? store.visit(sources) : stats.error();
    if (!status.ok()) return reply(trouble(status.error()));
    json::Writer json;
    json.begin_object().field("lessons", stats->lessons).field("sentences", stats->sentences);
    json.field("words", stats->words).key("sources").begin_array();
    for (const auto& [name, entry] : sources.entries()) {
      json.begin_object().field("source", name).field("sentences", entry.sentences);
      json.field("words", entry.words).field("first", entry.first).field("last", entry.last);
      json.end_object();
    }
    reply(json_answer(json.end_array().end_object()));
  });
}

void forget(Scribe& scribe, const http::Request& request, http::Reply reply) {
  const auto asked = json::parse(request.body);
  if (!asked) return reply(http::json_error(400, asked.error().message));
  std::string word;
  std::string source;
  std::int64_t since = 0;
  std::int64_t until = kLatest;
  bool for_good = false;
  json::Fields fields(*asked);
  fields.read("word", word).read("source", source).read("for_good", for_good);
  fields.read("since", since, 0, kLatest).read("until", until, 0, kLatest);
  if (!fields.ok()) return reply(refusal(fields));
  const bool times = since != 0 || until != kLatest;
  if ((word.empty() ? 0 : 1) + (source.empty() ? 0 : 1) + (times ? 1 : 0) != 1)
    return reply(http::json_error(400, "one thing at a time: word, source, or since and until"));
  scribe.ask([=, &scribe, reply = std::move(reply)](Store& store) {
    const auto gone = times            ? store.forget_between(since, until, now(), for_good)
                      : source.empty() ? store.forget_word(word, now(), for_good)
                                       : store.forget_source(source, now(), for_good);
    if (!gone) return reply(trouble(gone.error()));
    scribe.begin_edition();
    reply(json_answer(json::Writer().begin_object().field("words", *gone).end_object()));
  });
}

void undo(Scribe& scribe, const http::Request& /*request*/, http::Reply reply) {
  scribe.ask([&scribe, reply = std::move(reply)](Store& store) {
    const auto undone = store.undo();
    if (!undone) return reply(trouble(undone.error()));
    if (*undone) scribe.begin_edition();
    json::Writer json;
    json.begin_object().key("undone");
    *undone ? json.value(**undone) : json.null();
    reply(json_answer(json.end_object()));
  });
}

void export_ledger(Scribe& scribe, const http::Request& /*request*/, http::Reply reply) {
  scribe.ask([reply = std::move(reply)](Store& store) {
    http::Response response;
    response.content_type = "text/plain; charset=utf-8";
    response.headers.emplace_back("Content-Disposition",
                                  "attachment; filename=\"tercet-ledger.txt\"");
    const auto report = store.export_text([&](std::string_view text) {
      response.body += text;
      return Status();
    });
    reply(report.ok() ? std::move(response) : trouble(report.error()));
  });
}

void import_ledger(Scribe& scribe, const http::Request& request, http::Reply reply) {
  scribe.ask([&scribe, text = std::string(request.body), reply = std::move(reply)](Store& store) {
    const Status status = store.import_text(text, "the import");
    if (!status.ok()) return reply(import_trouble(status.error()));
    scribe.begin_edition();
    reply(done());
  });
}

void list_blocks(Scribe& scribe, const http::Request& /*request*/, http::Reply reply) {
  scribe.ask([reply = std::move(reply)](Store& store) {
    const auto blocks = store.blocks();
    if (!blocks) return reply(trouble(blocks.error()));
    json::Writer json;
    json.begin_object().key("blocks").begin_array();
    for (const Block& each : *blocks) {
      json.begin_object().field("word", each.word).field("language", each.language);
      const auto* const meaning =
          std::find_if(kMeanings.begin(), kMeanings.end(),
                       [&](const auto& m) { return m.second == each.meaning; });
      json.field("meaning", meaning->first).end_object();
    }
    reply(json_answer(json.end_array().end_object()));
  });
}

void set_block(Scribe& scribe, const http::Request& request, http::Reply reply) {
  const auto asked = json::parse(request.body);
  if (!asked) return reply(http::json_error(400, asked.error().message));
  Block block{{}, {}, Blocking::kNeverSuggest};
  std::string name = "suggest";
  json::Fields fields(*asked);
  fields.read("word", block.word).read("language", block.language).read("meaning", name);
  if (!fields.ok()) return reply(refusal(fields));
  const auto* const meaning = std::find_if(kMeanings.begin(), kMeanings.end(),
                                           [&](const auto& each) { return each.first == name; });
  if (meaning == kMeanings.end())
    return reply(
        http::json_error(400, "meaning: must be suggest, complete or allow", {}, "meaning"));
  block.meaning = meaning->second;
  scribe.ask([&scribe, block = std::move(block), reply = std::move(reply)](Store& store) {
    const Status status = store.set_block(block, now());
    if (!status.ok()) return reply(trouble(status.error()));
    scribe.begin_edition();
    reply(done());
  });
}

}  // namespace tercet::serve
