#include "serve/typing_session.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <utility>

#include "json/fields.h"
#include "serve/lanes.h"
#include "serve/offers_json.h"
#include "tercet/learning.h"
#include "text/utf8.h"

namespace tercet::serve {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kMostOffers = 100;
constexpr std::int64_t kMostBranchWords = 30;
constexpr std::int64_t kMostErased = std::int64_t{1} << 30;
constexpr std::int64_t kGreatestId = std::int64_t{1} << 53;
constexpr std::int64_t kInitials = 3;
/// Of messages that wait for the store, and what one costs besides its text, about. More means that
/// the client does not wait for anything.
constexpr std::size_t kMostWaitingBytes = 4'000'000;
constexpr std::size_t kMessageOverhead = 64;

/// The text without its last `count` code points.
std::string_view without_last(std::string_view text, std::int64_t count) {
  std::size_t end = text.size();
  for (; count > 0 && end > 0; --count) end = text::previous_code_point(text, end);
  return text.substr(0, end);
}

}  // namespace

TypingSession::TypingSession(std::shared_ptr<http::Socket> client, Repertoire repertoire,
                             Scribe* scribe, Metrics& metrics)
    : client_(std::move(client)),
      repertoire_(std::move(repertoire)),
      scribe_(scribe),
      metrics_(metrics) {}

void TypingSession::message(std::string_view text) {
  if (writer_ && scribe_ != nullptr && writer_->edition != scribe_->edition()) renew();
  if (opening_) {
    waiting_bytes_ += text.size() + kMessageOverhead;
    if (waiting_bytes_ > kMostWaitingBytes) return client_->close();
    waiting_.emplace_back(text);
    return;
  }
  id_ = 0;
  const auto request = json::parse(text);
  request.ok() ? act(*request) : refuse(request.error().message);
}

/// Something was forgotten or imported: a new session reads again what is there now.
void TypingSession::renew() {
  client_->send(R"({"type":"renewed"})");
  before_ = writer_->session.text_before();
  begin(std::nullopt);
}

void TypingSession::act(const json::Value& request) {
  using Act = void (TypingSession::*)(const json::Value&);
  static constexpr std::array<std::pair<std::string_view, Act>, 8> kActs = {
      {{"open", &TypingSession::open},
       {"update", &TypingSession::update},
       {"edit", &TypingSession::edit},
       {"type", &TypingSession::type},
       {"pick", &TypingSession::pick},
       {"initials", &TypingSession::initials},
       {"branch", &TypingSession::branch},
       {"dial", &TypingSession::dial}}};
  std::string type;
  json::Fields fields(request);
  fields.read("id", id_, 0, kGreatestId).read("type", type);
  if (!fields.ok()) return refuse(fields.error());
  const auto* const found = std::find_if(kActs.begin(), kActs.end(),
                                         [&](const auto& each) { return each.first == type; });
  if (found == kActs.end()) return refuse("type: there is no message '" + type + "'");
  if (type != "open" && writer_ == nullptr) return refuse("the first message must be 'open'");
  (this->*found->second)(request);
}

void TypingSession::open(const json::Value& request) {
  Options options;
  std::int64_t count = static_cast<std::int64_t>(options.session.words);
  std::string before;
  std::string after;
  json::Fields fields(request);
  fields.read("before", before).read("after", after);
  if (!fields.ok()) return refuse(fields.error());
  if (const json::Value* const given = request.find("options")) {
    json::Fields more(*given);
    more.read("count", count, 1, kMostOffers).read("phrases", options.session.phrases);
    more.read("repairs", options.session.repairs).read("reoffer", options.session.reoffer);
    more.read("learn", options.learns).read("source", options.source);
    more.read("languages", options.languages);
    read_lanes(more, options.session);
    if (!more.ok()) return refuse("options: " + more.error());
  }
  if (const auto narrowed = repertoire_.only(options.languages); !narrowed)
    return refuse("options: languages: " + narrowed.error().message);
  options.session.words = static_cast<std::size_t>(count);
  ++metrics_.sessions;
  options_ = std::move(options);
  before_ = std::move(before);
  after_ = std::move(after);
  begin(id_);
}

/// With what the store remembers, if there is one: that is for the scribe to read. The text, too.
void TypingSession::begin(std::optional<std::int64_t> id) {
  SessionOptions options = options_.session;
  std::unique_ptr<Recording> recording;
  if (scribe_ != nullptr && options_.learns) {
    recording = std::make_unique<Recording>(*scribe_, options_.source, client_, metrics_);
    options.observer = recording.get();
  }
  const auto repertoire = repertoire_.only(options_.languages);
  // Shared, because functions are copied.
  auto writer = std::make_shared<Writer>(std::move(recording), Session(*repertoire, options));
  if (scribe_ == nullptr) {
    writer->session.open(before_, after_);
    return begun(std::move(writer), id);
  }
  opening_ = true;
  writer_.reset();
  scribe_->ask([this, scribe = scribe_, client = client_, writer, id, before = before_,
                after = after_](Store& store) {
    writer->edition = scribe->edition();
    if (writer->recording) writer->recording->begin(writer->edition);
    Status status = remember(store, writer->session);
    if (status.ok()) status = disregard_forgotten(store, before, writer->session);
    if (status.ok()) status = disregard_forgotten(store, after, writer->session);
    if (!status.ok()) {
      json::Writer json;
      json.begin_object().field("type", "trouble").field("message", status.error().message);
      client->send(json.end_object().text());
    }
    writer->session.open(before, after);  // Here, because nobody waits: a long text takes long.
    client->post([this, writer, id] { begun(writer, id); });
  });
}

void TypingSession::begun(std::shared_ptr<Writer> writer, std::optional<std::int64_t> id) {
  writer_ = std::move(writer);
  opening_ = offered_ = false;
  before_.clear();
  if (id) {
    id_ = *id;
    answer();
  }
  waiting_bytes_ = 0;
  for (const std::string& text : std::exchange(waiting_, {})) message(text);
}

void TypingSession::update(const json::Value& request) {
  std::string before;
  std::string after;
  bool pasted = false;
  json::Fields fields(request);
  fields.read("before", before).read("after", after).read("pasted", pasted);
  if (!fields.ok()) return refuse(fields.error());
  after_ = std::move(after);
  change_to(before, pasted);
}

void TypingSession::edit(const json::Value& request) {
  std::int64_t erase = 0;
  std::string insert;
  bool pasted = false;
  json::Fields fields(request);
  fields.read("erase", erase, 0, kMostErased).read("insert", insert).read("pasted", pasted);
  if (!fields.ok()) return refuse(fields.error());
  change_to(std::string(without_last(writer_->session.text_before(), erase)) + insert, pasted);
}

void TypingSession::change_to(const std::string& before, bool pasted) {
  writer_->session.update(before, after_, pasted);
  answer();
}

void TypingSession::type(const json::Value& request) {
  std::string characters;
  json::Fields fields(request);
  fields.read("characters", characters);
  if (!fields.ok()) return refuse(fields.error());
  const std::string before = writer_->session.text_before();
  const Edit edit = writer_->session.type(characters);
  answer(before, &edit);
}

void TypingSession::pick(const json::Value& request) {
  std::string list = "words";
  std::int64_t index = 0;
  std::int64_t words = 0;
  json::Fields fields(request);
  fields.read("list", list).read("index", index, 0, kMostOffers - 1);
  fields.read("words", words, 0, kMostOffers);
  if (!fields.ok()) return refuse(fields.error());
  if (!offered_) return refuse("the offers are others now: something was forgotten or imported");
  Session& session = writer_->session;
  const bool initials = list == "initials";
  // Asked again, it offers the same.
  const Offers offers = initials ? session.suggest_initials(initials_) : session.suggest();
  const std::array<std::pair<std::string_view, std::span<const Offer>>, 5> lists = {
      {{"words", offers.words},
       {"phrases", offers.phrases},
       {"initials", offers.phrases},
       {"rare", offers.rare},
       {"genius", offers.genius}}};
  const auto* const found = std::find_if(lists.begin(), lists.end(),
                                         [&](const auto& each) { return each.first == list; });
  if (found == lists.end()) return refuse("list: must be words, phrases, initials, rare or genius");
  const std::span<const Offer> from = found->second;
  const auto at = static_cast<std::size_t>(index);
  if (at >= from.size()) return refuse("index: the list is not so long");
  const std::string before = session.text_before();
  const Edit edit = session.pick(from[at], static_cast<std::uint32_t>(words));
  ++metrics_.picks;
  answer(before, &edit);
}

void TypingSession::initials(const json::Value& request) {
  std::int64_t count = kInitials;
  json::Fields fields(request);
  fields.read("count", count, 1, kMostOffers);
  if (!fields.ok()) return refuse(fields.error());
  initials_ = static_cast<std::size_t>(count);
  json::Writer json;
  json.begin_object().field("type", "initials").field("id", id_).key("phrases");
  put(json, writer_->session.suggest_initials(initials_).phrases);
  client_->send(json.end_object().text());
}

void TypingSession::branch(const json::Value& request) {
  std::int64_t count = 4;
  std::int64_t words = 6;
  json::Fields fields(request);
  fields.read("count", count, 1, kMostOffers).read("words", words, 1, kMostBranchWords);
  if (!fields.ok()) return refuse(fields.error());
  json::Writer json;
  json.begin_object().field("type", "branches").field("id", id_).key("branches");
  put(json,
      writer_->session.branches(static_cast<std::size_t>(count), static_cast<std::size_t>(words))
          .phrases);
  client_->send(json.end_object().text());
}

/// Other lanes, of the same text.
void TypingSession::dial(const json::Value& request) {
  json::Fields fields(request);
  SessionOptions options = options_.session;
  read_lanes(fields, options);
  if (!fields.ok()) return refuse(fields.error());
  options_.session = options;
  writer_->session.show_lanes(options.lane_words, options.gate);
  answer();
}

/// What is offered now; `edit`: what the session has done to the text, which was `before`.
void TypingSession::answer(std::string_view before, const Edit* edit) {
  const auto start = Clock::now();
  const Offers offers = writer_->session.suggest();
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  metrics_.suggestions.add(seconds);
  json::Writer json;
  json.begin_object().field("type", "offers").field("id", id_);
  if (edit != nullptr) {
    const auto erased = text::code_point_count(before.substr(before.size() - edit->erase));
    json.key("edit").begin_object().field("erase", erased).field("insert", edit->insert);
    json.end_object();
  }
  put(json, offers, options_.session, seconds * 1e6);
  offered_ = true;
  client_->send(json.end_object().text());
}

void TypingSession::refuse(const std::string& message) {
  json::Writer json;
  json.begin_object().field("type", "error").field("id", id_).field("message", message);
  client_->send(json.end_object().text());
}

}  // namespace tercet::serve
