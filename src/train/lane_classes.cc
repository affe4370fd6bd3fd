#include "train/lane_classes.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "core/error.h"
#include "model/lane_layout.h"
#include "model/layout.h"
#include "text/case_pattern.h"
#include "text/char_class.h"
#include "text/language.h"
#include "text/stem.h"
#include "text/utf8.h"
#include "train/passages.h"
#include "train/word_table.h"

namespace tercet::train {
namespace {

constexpr std::size_t kFrequentWords = 200;
constexpr std::size_t kShortestForm = 3;
constexpr std::uint64_t kLeastOccurrences = 20;
constexpr std::uint32_t kLeastDocuments = 5;
constexpr std::uint64_t kLeastOffered = 5;
constexpr std::uint32_t kNoStem = 0xFFFF'FFFF;

/// What was seen of a word, or of all words of a stem.
struct Facts {
  std::uint64_t count = 0;
  std::uint64_t of_short_forms = 0;
  std::uint64_t inside = 0;    ///< Sentences, not at their beginning.
  std::uint64_t capitals = 0;  ///< Of these.
  bool frequent = false;
  std::uint32_t documents = 0;

  void operator+=(const Facts& other) noexcept {
    count += other.count;
    of_short_forms += other.of_short_forms;
    inside += other.inside;
    capitals += other.capitals;
    frequent = frequent || other.frequent;
  }
  /// Whether less than so many percent were written with a capital where nothing asks for one.
  bool has_capitals_below(std::uint64_t percent) const noexcept {
    return capitals == 0 || 100 * capitals < percent * inside;
  }
  bool may_be_class() const noexcept {
    return !frequent && count >= kLeastOccurrences && 2 * of_short_forms < count &&
           has_capitals_below(50);
  }
};

std::size_t letters_in(std::string_view word) noexcept {
  const text::CharClasses& classes = text::CharClasses::get();
  std::size_t letters = 0;
  for (std::size_t at = 0; at < word.size();)
    letters += text::is_letter(classes.of(text::next_code_point(word, at))) ? 1 : 0;
  return letters;
}

std::string_view word_of(const model::VocabularyImage& image, WordId word) noexcept {
  const std::uint32_t begin = image.word_offsets[word];
  return std::string_view(image.word_bytes).substr(begin, image.word_offsets[word + 1] - begin);
}

bool is_word(const model::VocabularyImage& image, WordId word) noexcept {
  return image.classes[word] == static_cast<std::uint8_t>(model::WordClass::kWord);
}

void mark_frequent_words(const model::VocabularyImage& image, std::vector<Facts>& facts) {
  std::vector<WordId> words;
  for (WordId word = 0; word < facts.size(); ++word)
    if (is_word(image, word)) words.push_back(word);
  const std::size_t most = std::min(words.size(), kFrequentWords);
  std::partial_sort(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(most), words.end(),
                    [&](WordId a, WordId b) {
                      return facts[a].count != facts[b].count ? facts[a].count > facts[b].count
                                                              : a < b;
                    });
  for (std::size_t i = 0; i < most; ++i) facts[words[i]].frequent = true;
}

/// By word id.
std::vector<Facts> facts_of_words(const Corpus& corpus, const Lexicon& lexicon) {
  std::vector<Facts> facts(lexicon.size);
  for (WordId word = 0; word < lexicon.size; ++word) {
    facts[word].count = lexicon.occurrences[word + 1];
    if (letters_in(word_of(lexicon.image, word)) < kShortestForm)
      facts[word].of_short_forms = facts[word].count;
  }
  for (std::size_t part = 0; part < corpus.parts.size(); ++part) {
    const CorpusPart& of = corpus.parts[part];
    for (std::uint32_t i = 0; i < of.spelling_counts.size(); ++i) {
      const SpellingCount& spelling = of.spelling_counts[i];
      Facts& word = facts[lexicon.codes[part][spelling.key] - 1];
      word.inside += spelling.inside;
      if (text::case_pattern(of.spellings.word(i)) != text::CasePattern::kLower)
        word.capitals += spelling.inside;
    }
  }
  mark_frequent_words(lexicon.image, facts);
  return facts;
}

/// The stem of each word that is one, numbered; `stems` gets their texts.
std::vector<std::uint32_t> stems_of_words(const model::VocabularyImage& image,
                                          const text::Language& language, WordTable& stems) {
  constexpr std::string_view kPossessive = "'s";
  const text::Stemmer stemmer(language);
  std::vector<std::uint32_t> out(image.classes.size(), kNoStem);
  for (WordId id = 0; id < out.size(); ++id) {
    if (!is_word(image, id)) continue;
    std::string_view word = word_of(image, id);
    if (language.tag == "en" && word.ends_with(kPossessive)) word.remove_suffix(kPossessive.size());
    out[id] = stems.find_or_add(stemmer.stem(word));
  }
  return out;
}

/// In how many documents each stem is met that may be a class.
Status count_documents(const Corpus& corpus, const Lexicon& lexicon,
                       const std::vector<std::uint32_t>& stem_of, const TrainContext& context,
                       std::vector<Facts>& facts) {
  std::vector<std::vector<std::uint32_t>> counts(corpus.parts.size());
  const auto count_part = [&](std::uint32_t part) {
    std::vector<std::uint32_t> stems;  // By id in the part.
    for (const WordCode code : lexicon.codes[part]) {
      const std::uint32_t stem = stem_of[code - 1];
      stems.push_back(stem != kNoStem && facts[stem].may_be_class() ? stem : kNoStem);
    }
    std::vector<std::uint32_t>& documents = counts[part];
    documents.assign(facts.size(), 0);
    std::vector<std::uint32_t> last(facts.size(), 0);  // Passage that the stem was met in, + 1.
    std::uint32_t passage = 0;
    return for_each_token(
        corpus.parts[part], context, [&](const Passage& begun) { passage = begun.number + 1; },
        [&](std::uint32_t id) {
          const std::uint32_t stem = id < stems.size() ? stems[id] : kNoStem;
          if (stem == kNoStem || last[stem] == passage) return;
          last[stem] = passage;
          ++documents[stem];
        });
  };
  TERCET_TRY(context.run(static_cast<std::uint32_t>(corpus.parts.size()), count_part));
  for (const auto& of_part : counts) {
    for (std::size_t stem = 0; stem < facts.size(); ++stem) facts[stem].documents += of_part[stem];
  }
  return {};
}

/// The stems that are classes, in the order of their numbers.
std::vector<std::uint32_t> choose(const std::vector<Facts>& facts, const WordTable& stems) {
  std::vector<std::uint32_t> chosen;
  for (std::uint32_t stem = 0; stem < facts.size(); ++stem) {
    if (facts[stem].may_be_class() && facts[stem].documents >= kLeastDocuments)
      chosen.push_back(stem);
  }
  std::sort(chosen.begin(), chosen.end(), [&](std::uint32_t a, std::uint32_t b) {
    return facts[a].count != facts[b].count ? facts[a].count > facts[b].count
                                            : stems.word(a) < stems.word(b);
  });
  if (chosen.size() > model::kMostClasses) chosen.resize(model::kMostClasses);
  return chosen;
}

}  // namespace

Result<LaneClasses> find_lane_classes(const Corpus& corpus, const Lexicon& lexicon,
                                      const TrainOptions& options, const TrainContext& context) {
  const std::vector<Facts> words = facts_of_words(corpus, lexicon);
  WordTable stems;
  const auto stem_of = stems_of_words(lexicon.image, text::language(options.language), stems);
  std::vector<Facts> facts(stems.size());
  for (WordId word = 0; word < lexicon.size; ++word)
    if (stem_of[word] != kNoStem) facts[stem_of[word]] += words[word];
  TERCET_TRY(count_documents(corpus, lexicon, stem_of, context, facts));

  LaneClasses classes;
  std::vector<std::uint16_t> class_of_stem(facts.size(), model::kNoClass);
  for (const std::uint32_t stem : choose(facts, stems)) {
    class_of_stem[stem] = static_cast<std::uint16_t>(classes.occurrences.size());
    classes.occurrences.push_back(facts[stem].count);
  }
  for (WordId word = 0; word < lexicon.size; ++word) {
    std::uint16_t entry = stem_of[word] == kNoStem ? model::kNoClass : class_of_stem[stem_of[word]];
    const bool offered = entry != model::kNoClass && words[word].count >= kLeastOffered &&
                         words[word].has_capitals_below(30);
    if (offered) entry |= model::kMayBeOffered;
    classes.of_word.push_back(entry);
  }
  return classes;
}

}  // namespace tercet::train
