#include "train/lexicon.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/error.h"
#include "text/forms.h"

namespace tercet::train {
namespace {

using model::kSpecialWords;

/// A word of one part. The same word of another part has its own.
struct PartWord {
  std::string_view word;
  std::uint32_t part;
  std::uint32_t id;
};

/// A word of the whole corpus: a run of PartWords with the same bytes.
struct MergedWord {
  std::size_t begin;
  std::size_t end;
  std::uint64_t count;
};

std::vector<PartWord> sorted_words(const Corpus& corpus) {
  std::vector<PartWord> words;
  for (std::uint32_t part = 0; part < corpus.parts.size(); ++part) {
    const WordTable& table = corpus.parts[part].words;
    for (std::uint32_t id = 0; id < table.size(); ++id) words.push_back({table.word(id), part, id});
  }
  std::sort(words.begin(), words.end(), [](const PartWord& a, const PartWord& b) {
    return a.word != b.word ? a.word < b.word : a.part < b.part;
  });
  return words;
}

std::vector<MergedWord> merge(const Corpus& corpus, std::span<const PartWord> words) {
  std::vector<MergedWord> merged;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i == 0 || words[i].word != words[i - 1].word) merged.push_back({i, i, 0});
    merged.back().end = i + 1;
    merged.back().count += corpus.parts[words[i].part].counts[words[i].id];
  }
  return merged;
}

/// The id of a token that spells a special word; such a token is no word of its own.
WordCode special_code(std::string_view word) noexcept {
  if (word == kSpecialWords[kUnknown]) return kUnknown + 1;
  if (word == kSpecialWords[kSentenceBegin] || word == kSpecialWords[kSentenceEnd]) return kSkip;
  return kNoWord;
}

/// Marks what the limit drops: everything below the limit-th greatest count, then the last by
/// bytes.
std::vector<bool> kept_words(std::span<const PartWord> words, std::span<const MergedWord> merged,
                             std::uint32_t limit) {
  std::vector<bool> kept(merged.size(), true);
  if (limit == 0 || limit >= merged.size()) return kept;
  std::vector<std::uint32_t> by_count;
  for (std::uint32_t i = 0; i < merged.size(); ++i) {  // Special words are there in any case.
    if (special_code(words[merged[i].begin].word) == kNoWord) by_count.push_back(i);
  }
  std::sort(by_count.begin(), by_count.end(), [&](std::uint32_t a, std::uint32_t b) {
    return merged[a].count != merged[b].count ? merged[a].count > merged[b].count : a < b;
  });
  for (std::size_t i = limit; i < by_count.size(); ++i) kept[by_count[i]] = false;
  return kept;
}

/// Spellings of each key of one part, grouped.
std::vector<std::vector<std::uint32_t>> spellings_by_key(const CorpusPart& part) {
  std::vector<std::vector<std::uint32_t>> lists(part.words.size());
  for (std::uint32_t i = 0; i < part.spelling_counts.size(); ++i)
    lists[part.spelling_counts[i].key].push_back(i);
  return lists;
}

using SpellingLists = std::vector<std::vector<std::vector<std::uint32_t>>>;

std::vector<text::SurfaceForm> forms_of(const Corpus& corpus, const SpellingLists& lists,
                                        std::span<const PartWord> words) {
  std::vector<text::SurfaceForm> forms;
  for (const PartWord& word : words) {
    const CorpusPart& part = corpus.parts[word.part];
    for (const std::uint32_t spelling : lists[word.part][word.id]) {
      const SpellingCount& count = part.spelling_counts[spelling];
      forms.push_back({std::string(part.spellings.word(spelling)), count.inside, count.initial});
    }
  }
  std::sort(forms.begin(), forms.end(),
            [](const auto& a, const auto& b) { return a.text < b.text; });
  std::size_t last = 0;
  for (std::size_t i = 1; i < forms.size(); ++i) {
    if (forms[i].text == forms[last].text) {
      forms[last].count_inside += forms[i].count_inside;
      forms[last].count_initial += forms[i].count_initial;
    } else if (++last != i) {
      forms[last] = std::move(forms[i]);
    }
  }
  if (!forms.empty()) forms.resize(last + 1);
  return forms;
}

class LexiconBuilder {
 public:
  LexiconBuilder(const Corpus& corpus, const TrainOptions& options)
      : corpus_(corpus), options_(options) {
    for (const CorpusPart& part : corpus.parts) {
      lexicon_.codes.emplace_back(part.words.size(), WordCode{kUnknown + 1});
      if (!options.plain_tokens) lists_.push_back(spellings_by_key(part));
    }
    lexicon_.occurrences.assign(kFirstWord + 1, 0);
    lexicon_.occurrences[kSentenceBegin + 1] = corpus.sentences;
    lexicon_.occurrences[kSentenceEnd + 1] = corpus.sentences;
    for (const std::string_view word : kSpecialWords) add_word(word, model::WordClass::kSpecial);
    if (!options.plain_tokens) {
      for (WordId id = 0; id < kFirstWord; ++id) lexicon_.image.add_forms({});
    }
  }

  Result<Lexicon> build() {
    const std::vector<PartWord> words = sorted_words(corpus_);
    const std::vector<MergedWord> merged = merge(corpus_, words);
    const std::vector<bool> kept = kept_words(words, merged, options_.vocabulary_limit);
    for (std::size_t i = 0; i < merged.size(); ++i) {
      const auto run = std::span(words).subspan(merged[i].begin, merged[i].end - merged[i].begin);
      if (const WordCode special = special_code(run.front().word); special != kNoWord) {
        add_special(run, special, merged[i].count);
      } else if (!kept[i]) {
        lexicon_.occurrences[kUnknown + 1] += merged[i].count;
      } else {
        add(run, merged[i].count);
      }
      if (lexicon_.size > model::kMaxVocabulary) return too_many(merged.size());
      if (!lexicon_.image.fits()) {
        return core::resource(
            "the words take more than 4 GiB, the most that a model holds: are they words? Use "
            "--vocabulary-limit");
      }
    }
    return std::move(lexicon_);
  }

 private:
  void add_word(std::string_view word, model::WordClass word_class) {
    lexicon_.image.add(word, word_class);
    ++lexicon_.size;
  }
  void add(std::span<const PartWord> run, std::uint64_t count) {
    const PartWord& first = run.front();
    add_word(first.word, class_of(run));
    lexicon_.occurrences.push_back(count);
    for (const PartWord& word : run) lexicon_.codes[word.part][word.id] = lexicon_.size;
    if (options_.plain_tokens) return;
    const auto forms = forms_of(corpus_, lists_, run);
    lexicon_.image.add_forms(text::encode_forms(first.word, forms));
  }
  /// The least class that any part gave the word: does not depend on who read what.
  model::WordClass class_of(std::span<const PartWord> run) const {
    std::uint8_t least = 0xFF;
    for (const PartWord& word : run)
      least = std::min(least, corpus_.parts[word.part].classes[word.id]);
    return static_cast<model::WordClass>(least);
  }
  void add_special(std::span<const PartWord> run, WordCode code, std::uint64_t count) {
    for (const PartWord& word : run) lexicon_.codes[word.part][word.id] = code;
    if (code == kSkip) {
      lexicon_.warnings.push_back("skipped " + std::to_string(count) + " tokens " +
                                  std::string(run.front().word) +
                                  ": sentence marks are set by tercet, one pair per line");
    } else {
      lexicon_.occurrences[code] += count;
    }
  }
  static Error too_many(std::size_t words) {
    return core::resource("the text has " + std::to_string(words) + " different words, a model " +
                          "holds " + std::to_string(model::kMaxVocabulary - kFirstWord) +
                          ": use --vocabulary-limit");
  }

  const Corpus& corpus_;
  const TrainOptions& options_;
  Lexicon lexicon_;
  SpellingLists lists_;
};

}  // namespace

Result<Lexicon> build_lexicon(const Corpus& corpus, const TrainOptions& options) {
  return LexiconBuilder(corpus, options).build();
}

}  // namespace tercet::train
