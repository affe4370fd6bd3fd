// Help for the tests of sessions: small models, people who type, what is offered to them.
#ifndef TERCET_API_TESTING_H_
#define TERCET_API_TESTING_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "os/testing.h"
#include "tercet/learning.h"
#include "tercet/train.h"
#include "text/utf8.h"

namespace tercet::api::testing {

using os::testing::TemporaryDirectory;
using Lines = std::vector<std::string>;

inline Model train(const std::string& text, const std::string& language, bool lanes = false) {
  const TemporaryDirectory directory;
  const std::filesystem::path input = directory.write("text", text);
  const std::filesystem::path output = directory.path() / "model.tct";
  TrainOptions options;
  options.language = language;
  options.prune_counts = {0};
  options.lanes = lanes;
  const auto report = train_model({&input, 1}, output, options);
  auto model = report.ok() ? Model::open(output) : Result<Model>(report.error());
  if (!model.ok()) throw std::runtime_error(model.error().message);
  return std::move(*model);
}

/// Each of `whos` with each of `whats` and each of `whens`: a sentence a line.
inline std::string sentences(std::span<const std::string_view> whos,
                             std::span<const std::string_view> whats,
                             std::span<const std::string_view> whens) {
  std::string text;
  for (const std::string_view who : whos) {
    for (const std::string_view what : whats) {
      for (const std::string_view when : whens)
        text.append(who).append(" ").append(what).append(" ").append(when).append(".\n");
    }
  }
  return text;
}

inline Model english() {
  constexpr std::string_view kWhos[] = {"we", "they", "you", "people"};
  constexpr std::string_view kWhats[] = {"read the letter", "want to see it",
                                         "want to write a letter", "have seen the house",
                                         "wrote about it"};
  constexpr std::string_view kWhens[] = {"today", "again", "at home"};
  return train(sentences(kWhos, kWhats, kWhens), "en");
}

inline Model russian() {
  constexpr std::string_view kWhos[] = {"мы", "они", "вы", "люди"};
  constexpr std::string_view kWhats[] = {"хотят видеть дом", "читают письмо", "пишут о доме",
                                         "видели ёлку"};
  constexpr std::string_view kWhens[] = {"сегодня", "снова", "дома"};
  return train(sentences(kWhos, kWhats, kWhens), "ru");
}

inline Repertoire repertoire_of(std::vector<Model> models) {
  auto made = Repertoire::make(std::move(models));
  if (!made.ok()) throw std::runtime_error(made.error().message);
  return std::move(*made);
}

inline const Repertoire& english_only() {
  static const Repertoire kMade = repertoire_of({english()});
  return kMade;
}

inline const Repertoire& both_languages() {
  static const Repertoire kMade = repertoire_of({english(), russian()});
  return kMade;
}

/// Key by key.
inline void type(Session& session, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = text::decode(text, at).size;
    session.type(text.substr(at, size));
    at += size;
  }
}

inline bool offers(Session& session, const std::string& text, std::string_view word) {
  session.open(text);
  const auto words = session.suggest().words;
  return std::any_of(words.begin(), words.end(),
                     [word](const Offer& each) { return each.text == word; });
}

/// What a session offers, each with its probability, to the last bit.
inline Lines lines_of(const Offers& offers) {
  Lines lines;
  for (const auto list : {offers.words, offers.phrases}) {
    for (const Offer& each : list) {
      std::string line(each.text);
      std::array<char, 32> probability{};
      std::snprintf(probability.data(), probability.size(), " %a", each.probability);
      lines.push_back(line + probability.data());
    }
  }
  return lines;
}

/// The words as a line; "_" for a gap.
inline std::string line_of(std::span<const std::string_view> words) {
  std::string line;
  for (const std::string_view word : words)
    line.append(line.empty() ? "" : " ").append(word.empty() ? "_" : word);
  return line;
}

/// Keeps what a session tells of sentences, as the latest of each.
class Heard final : public SessionObserver {
 public:
  void sentence(std::uint64_t number, std::string_view /*language*/,
                std::span<const std::string_view> words) override {
    sentences_[number] = line_of(words);
    ++calls;
  }
  void doubt(std::string_view word, bool struck) override {
    if (struck) strikes.emplace_back(word);
    ++calls;
  }
  /// Those that hold a word.
  Lines sentences() const {
    Lines lines;
    for (const auto& [number, line] : sentences_) {
      if (line.find_first_not_of("_ ") != line.npos) lines.push_back(line);
    }
    return lines;
  }
  Lines strikes;
  std::size_t calls = 0;

 private:
  std::map<std::uint64_t, std::string> sentences_;
};

/// Numbers that look random and are the same in each run.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t limit) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>((state_ >> 33U) % limit);
  }
  template <class Values>
  const auto& among(const Values& values) {
    return values[below(std::size(values))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace tercet::api::testing

#endif  // TERCET_API_TESTING_H_
