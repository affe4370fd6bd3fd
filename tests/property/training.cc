#include "training.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace tercet::testing {
namespace {

/// Words that share prefixes and have one to four bytes a letter.
std::string word_number(std::size_t number) {
  static const std::string kLetters[] = {"a", "b", "é", "ж", "中", "\xF0\x9F\x98\x80", "-"};
  std::string word;
  do {
    word += kLetters[number % std::size(kLetters)];
    number /= std::size(kLetters);
  } while (number > 0);
  return word;
}

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
  // Training syncs to disk; in memory that costs nothing.
  const bool in_memory = std::getenv("TMPDIR") == nullptr && ::access("/dev/shm", W_OK) == 0;
  const std::filesystem::path parent =
      in_memory ? "/dev/shm" : std::filesystem::temp_directory_path();
  std::string name = (parent / "tercet-property.XXXXXX").native();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
  path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TemporaryDirectory::write(std::string_view name,
                                                std::string_view content) const {
  std::filesystem::path file = path_ / name;
  std::ofstream(file, std::ios::binary) << content;
  return file;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string text_of(const Corpus& corpus) {
  std::string text;
  for (const Sentence& sentence : corpus) {
    for (std::size_t i = 0; i < sentence.size(); ++i) text += (i > 0 ? " " : "") + sentence[i];
    text += '\n';
  }
  return text;
}

Trained train(std::string_view text, const TrainOptions& options) {
  const TemporaryDirectory directory;
  const std::filesystem::path input = directory.write("text", text);
  const std::filesystem::path output = directory.path() / "model.tct";
  auto report = train_model({&input, 1}, output, options);
  if (!report.ok()) {
    ADD_FAILURE() << report.error().message;
    throw std::runtime_error(report.error().message);
  }
  auto model = Model::open(output);
  if (!model.ok()) {
    ADD_FAILURE() << model.error().message;
    throw std::runtime_error(model.error().message);
  }
  return {*model, *report};
}

std::string train_bytes(std::string_view text, const TrainOptions& options) {
  const TemporaryDirectory directory;
  const std::filesystem::path input = directory.write("text", text);
  const std::filesystem::path output = directory.path() / "model.tct";
  const auto report = train_model({&input, 1}, output, options);
  EXPECT_TRUE(report.ok()) << (report.ok() ? "" : report.error().message);
  return read_file(output);
}

Corpus any_corpus() {
  const auto words = *rc::gen::inRange<std::size_t>(1, 41);
  // The lesser of two: some words are much more frequent than others.
  const auto word =
      rc::gen::map(rc::gen::pair(rc::gen::inRange<std::size_t>(0, words),
                                 rc::gen::inRange<std::size_t>(0, words)),
                   [](const auto& two) { return word_number(std::min(two.first, two.second)); });
  const auto sentence =
      rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, 13),
                      [word](std::size_t n) { return rc::gen::container<Sentence>(n, word); });
  Corpus corpus = *rc::gen::container<Corpus>(sentence);
  corpus.push_back({word_number(0)});
  const auto repeats = *rc::gen::inRange<std::size_t>(0, 12);
  for (std::size_t i = 0; i < repeats; ++i)
    corpus.push_back(corpus[*rc::gen::inRange<std::size_t>(0, corpus.size())]);
  return corpus;
}

Smoothing any_smoothing() {
  return static_cast<Smoothing>(*rc::gen::elementOf(std::vector{0, 1, 2, 3, 4, 5, 6, 7}));
}

TrainOptions any_options(Smoothing smoothing) {
  TrainOptions options;
  options.plain_tokens = true;
  options.order = *rc::gen::elementOf(std::vector{1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U});
  options.smoothing = smoothing;
  options.prune_counts = *rc::gen::elementOf(
      std::vector<std::vector<std::uint64_t>>{{0}, {0, 0, 1}, {0, 1, 1, 2}, {0, 0, 0, 3}, {5, 5}});
  options.vocabulary_limit = *rc::gen::element(0U, 0U, 1U, 5U, 20U, 1000U);
  options.additive_delta = *rc::gen::element(1.0, 0.5, 0.01, 3.0);
  options.threads = 1;
  return options;
}

std::vector<WordId> any_history(const Model& model, const Corpus& corpus) {
  std::vector<WordId> history;
  if (*rc::gen::arbitrary<bool>()) {  // As it stood in the text.
    const Sentence& sentence = corpus[*rc::gen::inRange<std::size_t>(0, corpus.size())];
    const auto length = *rc::gen::inRange<std::size_t>(0, sentence.size() + 1);
    if (*rc::gen::arbitrary<bool>()) history.push_back(kSentenceBegin);
    for (std::size_t i = 0; i < length; ++i) history.push_back(model.id(sentence[i]));
  }
  const auto noise = *rc::gen::inRange<std::size_t>(0, 4);
  for (std::size_t i = 0; i < noise; ++i)
    history.push_back(*rc::gen::inRange<WordId>(0, model.vocabulary_size()));
  return history;
}

State state_after(const Model& model, const std::vector<WordId>& history) {
  State state = Model::empty();
  for (const WordId word : history) state = model.advance(state, word);
  return state;
}

}  // namespace tercet::testing
