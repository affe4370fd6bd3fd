#include "serve/lanes.h"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>

#include "http/json_error.h"
#include "serve/answer.h"
#include "serve/lanes_json.h"
#include "tercet/lane_reader.h"

namespace tercet::serve {
namespace {

/// Of a text, between two of which others have their turn.
constexpr int kWordsPerStep = 4;

/// {"language", "words", "profile", "references"}
class TextLanes final : public http::Stream {
 public:
  explicit TextLanes(LaneReader reader) : reader_(std::move(reader)) {
    json_.begin_object().field("language", reader_.language()).key("words").begin_array();
  }

  bool next(std::string& piece) override {
    if (done_) return false;
    for (int i = 0; i < kWordsPerStep && !done_; ++i) {
      const auto word = reader_.next();
      word ? put(json_, *word) : end();
    }
    piece = json_.take();
    return true;
  }

 private:
  void end() {
    json_.end_array().key("profile");
    put(json_, reader_.profile());
    put_references(json_.key("references"), reader_.language());
    json_.end_object();
    done_ = true;
  }

  LaneReader reader_;
  json::Writer json_;
  bool done_ = false;
};

}  // namespace

void read_lanes(json::Fields& fields, SessionOptions& options) {
  auto words = static_cast<std::int64_t>(options.lane_words);
  fields.read("lanes", words, 0, kMostLaneWords).read("gate", options.gate, 0, 1);
  options.lane_words = static_cast<std::size_t>(words);
}

http::Response text_lanes(const Models& models, const http::Request& request) {
  const auto asked = json::parse(request.body);
  if (!asked) return http::json_error(400, asked.error().message);
  std::string text;
  std::string language;
  LaneReadOptions options;
  json::Fields fields(*asked);
  fields.read("text", text).read("language", language).read("gate", options.gate, 0, 1);
  if (!fields.ok()) return refusal(fields);
  if (text.size() > kMostLaneBytes) {
    const auto message = fmt::format("text: must be at most {} bytes long", kMostLaneBytes);
    return http::json_error(413, message, "invalid_request_error", "text");
  }
  options.language = language;
  auto reader = LaneReader::open(models.repertoire(), std::move(text), options);
  if (!reader) {
    return http::json_error(404, "language: " + reader.error().message, "invalid_request_error",
                            "language", "model_not_found");
  }
  return json_answer(std::make_unique<TextLanes>(std::move(*reader)));
}

}  // namespace tercet::serve
