// A made-up text with topics, for tests: enough of it to train a model whose lanes are not empty.
#ifndef TERCET_TEXT_TOPICS_TESTING_H_
#define TERCET_TEXT_TOPICS_TESTING_H_

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace tercet::text::testing {

inline constexpr std::size_t kTopicWords = 8;
inline constexpr std::array<std::array<std::string_view, kTopicWords>, 3> kTopics = {
    {{"piano", "orchestra", "violin", "melody", "chorus", "trumpet", "rhythm", "concert"},
     {"anchor", "harbour", "sailor", "deck", "storm", "lighthouse", "cargo", "reef"},
     {"oven", "flour", "butter", "pepper", "kettle", "onion", "recipe", "spoon"}}};

/// More words than are too frequent to mean anything; each goes on in few ways. Behind every fifth
/// one, seldom, stands a word of the document's topic.
class TopicWriter {
 public:
  explicit TopicWriter(std::uint64_t seed) : random_(seed) {}

  std::string lines(std::size_t topic, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) append_line(topic, out);
    return out;
  }

 private:
  static constexpr std::size_t kFillers = 230;
  static constexpr std::size_t kLineWords = 24;

  static std::string filler(std::size_t number) {
    constexpr std::string_view kConsonants = "bdfgklmnprtv";
    constexpr std::string_view kVowels = "aeiou";
    const auto syllable = [&](std::size_t of) {
      return std::string{kConsonants[of % kConsonants.size()],
                         kVowels[of / kConsonants.size() % kVowels.size()]};
    };
    return syllable(number % 60) + syllable(number / 60 + 7) + syllable(number % 7);
  }

  void append_line(std::size_t topic, std::string& out) {
    std::size_t at = random_() % kFillers;
    for (std::size_t i = 0; i < kLineWords; ++i) {
      if (i > 0) out += ' ';
      out += filler(at);
      if (at % 5 == 0 && random_() % 8 == 0) {
        // One in nine is of another topic.
        const std::size_t of = random_() % 9 == 0 ? random_() % kTopics.size() : topic;
        out += ' ';
        out += kTopics[of][random_() % kTopicWords];
      }
      at = (7 * at + random_() % 4) % kFillers;
    }
    out += " .\n";
  }

  std::mt19937_64 random_;
};

/// Documents of 60 lines, as training takes them where no index says more.
inline std::string topical_text(std::size_t documents, std::uint64_t seed) {
  constexpr std::size_t kLines = 60;
  TopicWriter writer(seed);
  std::string out;
  for (std::size_t i = 0; i < documents; ++i) out += writer.lines(i % kTopics.size(), kLines);
  return out;
}

}  // namespace tercet::text::testing

#endif  // TERCET_TEXT_TOPICS_TESTING_H_
