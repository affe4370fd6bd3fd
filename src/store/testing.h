// Help for the tests of stores.
#ifndef TERCET_STORE_TESTING_H_
#define TERCET_STORE_TESTING_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "os/testing.h"
#include "store/records.h"
#include "tercet/store.h"

namespace tercet::store::testing {

using os::testing::TemporaryDirectory;

inline Store open(const std::filesystem::path& path) {
  auto store = Store::open(path, {.create = true});
  if (!store.ok()) throw std::runtime_error(store.error().message);
  return std::move(*store);
}

/// "a b" as words; "_" is a gap.
inline std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for_each_word(text, [&](std::string_view word) {
    words.push_back(word == "_" ? std::string_view() : word);
  });
  return words;
}

/// What a store shows: a line "source|language|time: words" per sentence, "_" for a gap.
class Shown final : public SentenceVisitor {
 public:
  void sentence(const LearntSentence& sentence) override {
    std::ostringstream line;
    line << sentence.source << '|' << sentence.language << '|' << sentence.time << ':';
    for (const std::string_view word : sentence.words) line << ' ' << (word.empty() ? "_" : word);
    lines.push_back(line.str());
  }
  std::vector<std::string> lines;
};

inline std::vector<std::string> shown(const Store& store) {
  Shown visitor;
  const Status status = store.visit(visitor);
  EXPECT_TRUE(status.ok()) << status.error().message;
  return visitor.lines;
}

inline std::string exported(const Store& store) {
  std::string text;
  const auto report = store.export_text([&text](std::string_view line) {
    text += line;
    return Status{};
  });
  EXPECT_TRUE(report.ok());
  EXPECT_EQ(report.ok() ? report->damaged : -1, 0);
  return text;
}

/// One lesson of one sentence.
inline Lesson learn(Store& store, std::string_view text, std::int64_t now,
                    const std::string& source = "prompt", const std::string& language = "en") {
  const auto lesson = store.begin_lesson(source, language, now);
  EXPECT_TRUE(lesson.ok());
  const Status status = store.put_sentence(*lesson, 0, words_of(text));
  EXPECT_TRUE(status.ok()) << status.error().message;
  return *lesson;
}

/// The bytes of the store's files, one after the other.
inline std::string raw_bytes(const std::filesystem::path& path) {
  std::string bytes;
  for (const char* suffix : {"", "-wal", "-shm"})
    bytes += os::testing::read_file(path.native() + suffix);
  return bytes;
}

}  // namespace tercet::store::testing

#endif  // TERCET_STORE_TESTING_H_
