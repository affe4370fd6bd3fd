// Help for tests: small models, trained on the spot.
#ifndef TERCET_SERVE_TESTING_H_
#define TERCET_SERVE_TESTING_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/routes.h"
#include "json/value.h"
#include "serve/handlers.h"
#include "serve/metrics.h"
#include "serve/models.h"
#include "serve/scribe.h"
#include "tercet/train.h"
#include "text/topics_testing.h"

namespace tercet::serve::testing {

inline OpenedModel train(const std::string& stem, std::string_view text, TrainOptions options) {
  const std::filesystem::path directory =
      ::testing::TempDir() + "tercet_serve_" + std::to_string(getpid());
  std::filesystem::create_directories(directory);
  const std::filesystem::path input = directory / "text";
  std::filesystem::path output = directory / (stem + ".tct");
  std::ofstream(input) << text;
  options.prune_counts = {0};
  const auto report = train_model({&input, 1}, output, options);
  auto model = report.ok() ? Model::open(output) : Result<Model>(report.error());
  std::filesystem::remove_all(directory);  // A mapping outlives its file.
  if (!model.ok()) throw std::runtime_error(model.error().message);
  return {std::move(output), std::move(*model)};
}

inline OpenedModel train_english() {
  std::string text;
  for (const char* who : {"we", "they", "you", "Anna"}) {
    for (const char* what : {"read the letter", "want to see it", "want to write a letter",
                             "have seen the house, too", "wrote to Anna about it"}) {
      for (const char* when : {"today", "again", "at home"})
        text += std::string(who) + ' ' + what + ' ' + when + ". ";
      text += '\n';
    }
  }
  return train("en", text, {});
}

inline OpenedModel train_russian() {
  TrainOptions options;
  options.language = "ru";
  return train("ru", "Мы читаем письмо дома. Они читали письмо вчера.\nМы пишем письмо.\n",
               options);
}

inline OpenedModel train_tokens() {
  TrainOptions options;
  options.plain_tokens = true;
  return train("plain", "the cat sat\nthe cat ran\nthe dog sat\n", options);
}

/// "en" with lanes, and "ru" without; trained once.
inline const Models& lane_models() {
  static const Models kModels = [] {
    TrainOptions options;
    options.lanes = true;
    std::vector<OpenedModel> opened;
    opened.push_back(train("en", text::testing::topical_text(90, 1), options));
    opened.push_back(train_russian());
    auto made = Models::make(std::move(opened));
    if (!made.ok()) throw std::runtime_error(made.error().message);
    return std::move(*made);
  }();
  return kModels;
}

/// "en", "ru" and "plain"; trained once.
inline const Models& models() {
  static const Models kModels = [] {
    std::vector<OpenedModel> opened;
    opened.push_back(train_english());
    opened.push_back(train_russian());
    opened.push_back(train_tokens());
    auto made = Models::make(std::move(opened));
    if (!made.ok()) throw std::runtime_error(made.error().message);
    return std::move(*made);
  }();
  return kModels;
}

inline const Model& model(std::string_view name) { return models().find(name)->model; }

/// Of all handlers that are asked below.
inline Metrics& metrics() {
  static Metrics all;
  return all;
}

/// What a handler answers, its stream read to the end.
struct Answered {
  unsigned status = 0;
  std::string type;
  std::string body;
  std::vector<std::string> pieces;
};

inline const http::RouteTable& client_table() {
  static const http::RouteTable kTable = [] {
    http::RouteTable table;
    for (const ClientRoute& route : client_routes()) {
      table.add(route.method, route.path, [route](const http::Request& request, auto reply) {
        reply(route.answer(models(), metrics(), request));
      });
    }
    return table;
  }();
  return kTable;
}

/// `target`: a path, and a query if there is one.
inline Answered answered(http::Method method, std::string_view target, std::string_view body) {
  http::Request request;
  request.method = method;
  request.path = target.substr(0, target.find('?'));
  request.query = target.substr(std::min(request.path.size() + 1, target.size()));
  request.body = body;
  http::Response response;
  client_table().answer(request, [&](http::Response given) { response = std::move(given); });
  Answered out{response.status, response.content_type, response.body, {}};
  std::string piece;
  while (response.stream != nullptr && response.stream->next(piece)) {
    out.body += piece;
    if (!piece.empty()) out.pieces.push_back(piece);
  }
  return out;
}

inline Answered get(std::string_view target) { return answered(http::Method::kGet, target, {}); }
inline Answered post(std::string_view path, std::string_view body) {
  return answered(http::Method::kPost, path, body);
}

/// A member at a path: "choices.0.text". Null where there is none.
inline json::Value at(const json::Value& value, std::string_view path) {
  const std::size_t dot = path.find('.');
  const std::string name(path.substr(0, dot));
  const json::Value* found = value.find(name);
  if (value.array() != nullptr) {
    const std::size_t index = std::stoul(name);
    found = index < value.array()->size() ? &(*value.array())[index] : nullptr;
  }
  if (found == nullptr) return json::Value();
  return dot == std::string_view::npos ? *found : at(*found, path.substr(dot + 1));
}

inline json::Value parsed(std::string_view text) {
  auto value = json::parse(text);
  if (!value.ok()) throw std::runtime_error(value.error().message + ": " + std::string(text));
  return std::move(*value);
}
inline json::Value in(std::string_view text, std::string_view path) {
  return at(parsed(text), path);
}
inline std::string string_in(std::string_view text, std::string_view path) {
  const json::Value value = in(text, path);
  return value.string() == nullptr ? "(no string)" : *value.string();
}
inline double number_in(std::string_view text, std::string_view path) {
  double number = -1e9;
  in(text, path).number(number);
  return number;
}
inline std::size_t size_in(std::string_view text, std::string_view path) {
  const json::Value value = in(text, path);
  return value.array() == nullptr ? 0 : value.array()->size();
}

/// The JSON of an event.
inline std::string data_of(std::string_view piece) {
  EXPECT_TRUE(piece.starts_with("data: ") && piece.ends_with("\n\n")) << piece;
  return std::string(piece.substr(6, piece.size() - 8));
}

/// A place for a store, removed with all that is in it.
class StorePlace {
 public:
  StorePlace() {
    std::string name = ::testing::TempDir() + "tercet_serve.XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
    folder_ = name;
  }
  ~StorePlace() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  StorePlace(const StorePlace&) = delete;
  StorePlace& operator=(const StorePlace&) = delete;

  std::filesystem::path path() const { return folder_ / "person.db"; }
  std::unique_ptr<Scribe> scribe(Scribe::Operator tell = [](const std::string&) {}) const {
    auto scribe = Scribe::open(path(), std::move(tell));
    if (!scribe.ok()) throw std::runtime_error(scribe.error().message);
    return std::move(*scribe);
  }
  /// What another process would find there: "we saw _", a sentence each, "_" for a gap.
  std::vector<std::string> sentences() const {
    class Shown final : public SentenceVisitor {
     public:
      void sentence(const LearntSentence& sentence) override {
        std::string& line = lines.emplace_back();
        for (const std::string_view word : sentence.words)
          line.append(line.empty() ? "" : " ").append(word.empty() ? "_" : word);
      }
      std::vector<std::string> lines;
    } shown;
    const auto store = Store::open(path(), {.read_only = true});
    EXPECT_TRUE(store.ok() && store->visit(shown).ok());
    return shown.lines;
  }

 private:
  std::filesystem::path folder_;
};

/// A member; of a wrong kind or missing: "-" or -1.
inline std::string text_of(const json::Value& value, std::string_view name) {
  const json::Value* const member = value.find(name);
  return member != nullptr && member->string() != nullptr ? *member->string() : "-";
}
inline std::int64_t number_of(const json::Value& value, std::string_view name) {
  const json::Value* const member = value.find(name);
  return member != nullptr && member->integer() != nullptr ? *member->integer() : -1;
}
/// Of each object in the list `name`, its member `member`.
inline std::vector<std::string> texts_of(const json::Value& value, std::string_view name,
                                         std::string_view member = "text") {
  std::vector<std::string> texts;
  const json::Value* const list = value.find(name);
  EXPECT_TRUE(list != nullptr && list->array() != nullptr) << name;
  if (list == nullptr || list->array() == nullptr) return texts;
  for (const json::Value& each : *list->array()) texts.push_back(text_of(each, member));
  return texts;
}

}  // namespace tercet::serve::testing

#endif  // TERCET_SERVE_TESTING_H_
