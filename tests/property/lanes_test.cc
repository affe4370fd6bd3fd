// What training adds for the lanes, against its definitions taken word by word.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "lanes/association_table.h"
#include "model/attested.h"
#include "model/lane_layout.h"
#include "model/model_data.h"
#include "text/language.h"
#include "text/stem.h"
#include "training.h"

namespace tercet::testing {
namespace {

using format::SectionKind;
using Documents = std::vector<Corpus>;

/// A word of letters only, so that each is one token. Every third of a stem's numbers is another
/// form of it.
std::string word_number(std::size_t number) {
  static const std::string kBegin[] = {"b", "d", "f", "g", "k", "l", "m", "n", "p", "t"};
  static const std::string kMiddle[] = {"a", "o", "u"};
  static const std::string kForms[] = {"", "s", "'s"};
  std::string word;
  for (std::size_t rest = number / 3 + 10; rest > 0; rest /= 10)
    word += kBegin[rest % 10] + kMiddle[rest % 3];
  return (number % 97 == 0 ? word.substr(0, 2) : word + "k") + kForms[number % 3];
}

/// Documents with topics, so that words are met together; some words are names.
Documents some_documents(std::size_t count, std::uint64_t seed, std::size_t most_lines = 12) {
  std::mt19937_64 random(seed);
  Documents documents;
  for (std::size_t i = 0; i < count; ++i) {
    Corpus& document = documents.emplace_back();
    const std::size_t topic = random() % 20;
    for (std::uint64_t lines = 1 + random() % most_lines; lines > 0; --lines) {
      Sentence& sentence = document.emplace_back();
      for (std::uint64_t words = 1 + random() % 30; words > 0; --words) {
        const double place = static_cast<double>(random() % 10'000) / 10'000;
        auto number = static_cast<std::size_t>(std::pow(1'500, place));
        if (random() % 4 == 0) number = 1'000 + 20 * (random() % 25) + topic;
        std::string word = word_number(number);
        const bool is_name = number % 50 == 3 || (number % 50 == 4 && random() % 5 < 2);
        if (is_name || random() % 40 == 0) word[0] = static_cast<char>(word[0] - 'a' + 'A');
        sentence.push_back(std::move(word));
      }
      sentence.emplace_back(".");
    }
  }
  return documents;
}

std::string lower(std::string word) {
  for (char& c : word) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return word;
}

/// By definition, from the documents.
class Definition {
 public:
  explicit Definition(const Documents& documents) : documents_(documents) {
    count_forms();
    choose();
  }

  struct Form {
    std::uint64_t count = 0, inside = 0, capitals = 0;
    std::string stem;
  };
  const std::map<std::string, Form>& forms() const { return forms_; }
  /// Stems in the order of their classes.
  const std::vector<std::string>& classes() const { return classes_; }
  std::optional<std::size_t> class_of(const std::string& form) const {
    const auto found = forms_.find(form);
    if (found == forms_.end()) return std::nullopt;
    const auto at = std::find(classes_.begin(), classes_.end(), found->second.stem);
    if (at == classes_.end()) return std::nullopt;
    return static_cast<std::size_t>(at - classes_.begin());
  }
  std::uint64_t occurrences(const std::string& stem) const {
    std::uint64_t total = 0;
    for (const auto& [form, facts] : forms_) total += facts.stem == stem ? facts.count : 0;
    return total;
  }

  /// M of these texts.
  std::map<std::pair<std::size_t, std::size_t>, std::uint32_t> counts(
      const Documents& texts) const {
    std::map<std::string, std::optional<std::size_t>> known;
    for (const auto& [form, facts] : forms_) known[form] = class_of(form);
    std::map<std::pair<std::size_t, std::size_t>, std::uint32_t> counts;
    for (const Corpus& lines : texts) {
      std::vector<std::optional<std::size_t>> text;
      for (const Sentence& sentence : lines)
        for (const std::string& word : sentence) text.push_back(known[lower(word)]);
      for (std::size_t at = 0; at < text.size(); ++at) {
        if (!text[at]) continue;
        std::set<std::size_t> near;
        for (std::size_t back = 2; back <= std::min<std::size_t>(at, 60); ++back)
          if (text[at - back]) near.insert(*text[at - back]);
        near.erase(*text[at]);
        for (const std::size_t other : near) {
          ++counts[{*text[at], other}];
          ++counts[{other, *text[at]}];
        }
      }
    }
    return counts;
  }

 private:
  void count_forms() {
    const text::Stemmer stemmer(text::language("en"));
    for (std::size_t i = 0; i < documents_.size(); ++i) {
      for (const Sentence& sentence : documents_[i]) {
        for (std::size_t at = 0; at < sentence.size(); ++at) {
          if (sentence[at] == ".") continue;
          Form& form = forms_[lower(sentence[at])];
          ++form.count;
          form.inside += at > 0 ? 1 : 0;
          form.capitals += at > 0 && lower(sentence[at]) != sentence[at] ? 1 : 0;
          std::string bare = lower(sentence[at]);
          if (bare.ends_with("'s")) bare.resize(bare.size() - 2);
          form.stem = stemmer.stem(bare);
          met_in_[form.stem].insert(i);
        }
      }
    }
  }
  void choose() {
    std::vector<std::pair<std::uint64_t, std::string>> by_count;
    for (const auto& [form, facts] : forms_) by_count.emplace_back(facts.count, form);
    std::sort(by_count.begin(), by_count.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    std::set<std::string> excluded;
    for (std::size_t i = 0; i < 200; ++i) excluded.insert(forms_[by_count[i].second].stem);
    for (const auto& [stem, documents] : met_in_) {
      std::uint64_t count = 0, letters_missing = 0, inside = 0, capitals = 0;
      for (const auto& [form, facts] : forms_) {
        if (facts.stem != stem) continue;
        count += facts.count;
        const auto letters = form.size() - (form.ends_with("'s") ? 1 : 0);
        letters_missing += letters < 3 ? facts.count : 0;
        inside += facts.inside;
        capitals += facts.capitals;
      }
      if (excluded.contains(stem) || count < 20 || documents.size() < 5 ||
          2 * letters_missing >= count || (capitals > 0 && 2 * capitals >= inside))
        continue;
      classes_.push_back(stem);
    }
    std::sort(classes_.begin(), classes_.end(), [&](const auto& a, const auto& b) {
      const auto count_a = occurrences(a);
      const auto count_b = occurrences(b);
      return count_a != count_b ? count_a > count_b : a < b;
    });
  }

  const Documents& documents_;
  std::map<std::string, Form> forms_;
  std::map<std::string, std::set<std::size_t>> met_in_;
  std::vector<std::string> classes_;
};

/// What is left when every 64th document has been put aside.
Documents counted(const Documents& documents) {
  Documents out;
  for (std::size_t i = 0; i < documents.size(); ++i)
    if (i % 64 != 0) out.push_back(documents[i]);
  return out;
}

/// Trains on the documents, which lie one after the other in one file, beside their index or not.
std::string train_on(const Documents& documents, const TrainOptions& options,
                     TrainReport* report = nullptr, bool with_index = true) {
  const TemporaryDirectory directory;
  std::string text;
  std::string index;
  std::size_t line = 1;
  for (const Corpus& document : documents) {
    index += std::to_string(line) + "\t" + std::to_string(document.size()) + "\tgenre\tname\n";
    line += document.size();
    for (const Sentence& sentence : document) {
      for (std::size_t i = 0; i + 1 < sentence.size(); ++i)
        text += (i > 0 ? " " : "") + sentence[i];
      text += ".\n";
    }
  }
  const auto input = directory.write("text.txt", text);
  if (with_index) directory.write("text.index.tsv", index);
  const auto output = directory.path() / "model.tct";
  const auto trained = train_model({&input, 1}, output, options);
  EXPECT_TRUE(trained.ok()) << (trained.ok() ? "" : trained.error().message);
  if (report != nullptr && trained.ok()) *report = *trained;
  return read_file(output);
}

/// A model in memory, read as src/lanes does.
struct Opened {
  explicit Opened(std::string file) : bytes(std::move(file)) {
    data = *internal::ModelData::parse(std::as_bytes(std::span(bytes)), "test", true, nullptr);
    table = *lanes::AssociationTable::parse(*data, "test");
  }
  std::string_view section(SectionKind kind, std::uint32_t order = 0) const {
    const auto found = data->container().find(kind, order);
    return {reinterpret_cast<const char*>(found.data()), found.size()};
  }
  std::string bytes;
  std::shared_ptr<const internal::ModelData> data;
  std::optional<lanes::AssociationTable> table;
};

TrainOptions with_lanes() {
  TrainOptions options;
  options.order = 4;
  options.threads = 2;
  options.lanes = true;
  return options;
}

/// The warnings that speak of lanes.
std::vector<std::string> warnings_of_lanes(const TrainReport& report) {
  std::vector<std::string> out;
  std::copy_if(report.warnings.begin(), report.warnings.end(), std::back_inserter(out),
               [](const std::string& text) { return text.find("lanes") != std::string::npos; });
  return out;
}

class LaneTraining : public ::testing::TestWithParam<std::uint64_t> {
 protected:
  const Documents documents_ = some_documents(300, GetParam());
};
INSTANTIATE_TEST_SUITE_P(, LaneTraining, ::testing::Values(1, 2, 3));

TEST_P(LaneTraining, ClassesAreThoseOfTheDefinition) {
  const Definition definition(documents_);
  TrainReport report;
  const Opened model(train_on(documents_, with_lanes(), &report));
  ASSERT_TRUE(model.table);
  ASSERT_GT(definition.classes().size(), 50U);
  EXPECT_EQ(model.table->classes(), definition.classes().size());
  EXPECT_EQ(report.lanes->classes, definition.classes().size());
  EXPECT_EQ(report.lanes->documents, documents_.size());
  EXPECT_EQ(report.lanes->indexes, std::vector<std::string>{"text.index.tsv"});
  EXPECT_EQ(warnings_of_lanes(report), std::vector<std::string>());
  std::size_t offered = 0;
  const auto& vocabulary = model.data->vocabulary();
  for (WordId word = 0; word < vocabulary.size(); ++word) {
    const std::string text(vocabulary.word(word));
    const auto expected = definition.class_of(text);
    ASSERT_EQ(model.table->class_of(word), expected.value_or(model::kNoClass)) << text;
    if (!expected) {
      ASSERT_FALSE(model.table->may_be_offered(word)) << text;
      continue;
    }
    const Definition::Form& form = definition.forms().at(text);
    const bool capital = form.capitals > 0 && 10 * form.capitals >= 3 * form.inside;
    ASSERT_EQ(model.table->may_be_offered(word), form.count >= 5 && !capital) << text;
    offered += model.table->may_be_offered(word) ? 1 : 0;
  }
  EXPECT_GT(offered, 50U);
  const auto bands = model.section(SectionKind::kLaneBands);
  for (std::size_t c = 0; c < definition.classes().size(); ++c) {
    const auto count = static_cast<double>(definition.occurrences(definition.classes()[c]));
    ASSERT_EQ(static_cast<int>(bands[c]), std::clamp<int>(std::ilogb(count), 4, 13));
  }
}

/// The table is that of these counts, of which those below 2 were dropped.
void expect_counts(const lanes::AssociationTable& table,
                   const std::map<std::pair<std::size_t, std::size_t>, std::uint32_t>& all) {
  ASSERT_GT(all.size(), 1000U);
  std::map<std::pair<std::size_t, std::size_t>, std::uint32_t> expected;
  std::vector<std::uint32_t> totals(table.classes(), 0);
  for (const auto& [pair, count] : all) {
    totals[pair.first] += count;
    if (count >= 2) expected[pair] = std::min<std::uint32_t>(count, 255);
  }
  std::map<std::pair<std::size_t, std::size_t>, std::uint32_t> found;
  for (lanes::Class c = 0; c < table.classes(); ++c) {
    EXPECT_EQ(table.total(c), totals[c]);
    table.for_each_neighbour(c, [&](lanes::Class other, std::uint32_t count) {
      if (count > 0) found[{c, other}] = count;
    });
  }
  EXPECT_TRUE(found == expected);
}

TEST_P(LaneTraining, CountsAreThoseOfTheDefinition) {
  TrainOptions options = with_lanes();
  options.lane_least_count = 2;
  const Opened model(train_on(documents_, options));
  ASSERT_TRUE(model.table);
  expect_counts(*model.table, Definition(documents_).counts(counted(documents_)));
}

// One text from its first line to its last, in which sixty lines count as a document.
TEST_P(LaneTraining, CountsWithoutAnIndexAreThoseOfTheDefinition) {
  Documents lines(1);
  Documents stretches;
  for (const Corpus& document : some_documents(300, GetParam())) {
    for (const Sentence& sentence : document) {
      if (lines[0].size() % 60 == 0) stretches.emplace_back();
      stretches.back().push_back(sentence);
      lines[0].push_back(sentence);
    }
  }
  ASSERT_LT(stretches.size(), 64U);  // None is put aside.
  TrainOptions options = with_lanes();
  options.lane_least_count = 2;
  TrainReport report;
  const Opened model(train_on(lines, options, &report, false));
  ASSERT_TRUE(model.table);
  EXPECT_EQ(report.lanes->documents, stretches.size());
  EXPECT_EQ(report.lanes->indexes, std::vector<std::string>());
  const Definition definition(stretches);
  EXPECT_EQ(model.table->classes(), definition.classes().size());
  expect_counts(*model.table, definition.counts(lines));
}

// A stretch that was put aside parts what stands before and behind it.
TEST_P(LaneTraining, CountsAroundWhatWasPutAside) {
  Documents texts(1);
  Documents lines(1);
  Documents stretches;
  for (const Corpus& document : some_documents(700, GetParam())) {
    for (const Sentence& sentence : document) {
      if (lines[0].size() % 60 == 0) stretches.emplace_back();
      if (stretches.size() % 64 != 1) {
        texts.back().push_back(sentence);
      } else if (!texts.back().empty()) {
        texts.emplace_back();
      }
      stretches.back().push_back(sentence);
      lines[0].push_back(sentence);
    }
  }
  ASSERT_GT(stretches.size(), 65U);
  TrainOptions options = with_lanes();
  options.lane_least_count = 2;
  const Opened model(train_on(lines, options, nullptr, false));
  ASSERT_TRUE(model.table);
  expect_counts(*model.table, Definition(stretches).counts(texts));
}

TEST_P(LaneTraining, NothingDependsOnThreadsOrMemory) {
  const Documents documents = some_documents(6'000, GetParam());  // Several blocks.
  TrainOptions options = with_lanes();
  const std::string expected = train_on(documents, options);
  ASSERT_TRUE(Opened(expected).table);
  for (const auto& [threads, mebibytes] :
       {std::pair<std::uint32_t, std::uint64_t>{1, 2048}, {3, 16}, {5, 16}}) {
    options.threads = threads;
    options.memory = mebibytes << 20;
    EXPECT_TRUE(train_on(documents, options) == expected) << threads;
  }
}

TEST_P(LaneTraining, TheRestOfTheModelStaysAsItWas) {
  for (const double entropy : {0.0, 1e-5}) {
    TrainOptions options = with_lanes();
    options.prune_entropy = entropy;
    const Opened with(train_on(documents_, options));
    options.lanes = false;
    const Opened without(train_on(documents_, options));
    EXPECT_FALSE(without.table);
    std::size_t more = 0;
    for (const format::SectionEntry& section : with.data->container().sections()) {
      if (section.kind == SectionKind::kNotes) continue;
      if (section.kind >= SectionKind::kLaneParameters) {
        ++more;
        EXPECT_TRUE(without.section(section.kind, section.order).empty());
      } else {
        EXPECT_EQ(with.section(section.kind, section.order),
                  without.section(section.kind, section.order));
      }
    }
    EXPECT_EQ(more, 9U);
    EXPECT_EQ(without.data->container().sections().size() + more,
              with.data->container().sections().size());
  }
}

/// How often each run of words was seen, marks included.
std::map<std::vector<WordId>, std::uint64_t> runs(const Documents& documents, const Opened& model,
                                                  std::size_t length) {
  std::map<std::vector<WordId>, std::uint64_t> counts;
  for (const Corpus& document : documents) {
    for (const Sentence& sentence : document) {
      std::vector<WordId> words = {kSentenceBegin};
      for (const std::string& word : sentence)
        words.push_back(model.data->vocabulary().id(lower(word)));
      words.push_back(kSentenceEnd);
      for (std::size_t i = 0; i + length <= words.size(); ++i)
        ++counts[{words.begin() + static_cast<std::ptrdiff_t>(i),
                  words.begin() + static_cast<std::ptrdiff_t>(i + length)}];
    }
  }
  return counts;
}

TEST_P(LaneTraining, AttestedCountsAreThoseOfTheirNgrams) {
  for (const double entropy : {0.0, 1e-5}) {
    TrainOptions options = with_lanes();
    options.prune_entropy = entropy;
    options.prune_counts = {0, 1, 1};
    const Opened model(train_on(documents_, options));
    const model::Ngrams& ngrams = model.data->ngrams();
    const auto bigrams = runs(documents_, model, 2);
    const auto trigrams = runs(documents_, model, 3);
    const auto of_bigrams = model.section(SectionKind::kLaneAttested, 2);
    const auto of_trigrams = model.section(SectionKind::kLaneAttested, 3);
    ASSERT_EQ(of_bigrams.size(), ngrams.at(2).entries());
    ASSERT_EQ(of_trigrams.size(), ngrams.at(3).entries());
    std::size_t checked = 0;
    for (WordId first = 0; first < ngrams.at(1).entries(); ++first) {
      const std::uint32_t context = ngrams.at(1).context_of(first);
      if (context == State::kAbsent) continue;
      const auto seconds = ngrams.context(1, context).children;
      for (std::uint32_t i = seconds.begin; i < seconds.end; ++i) {
        const WordId second = ngrams.at(2).word(i);
        ASSERT_EQ(static_cast<std::uint8_t>(of_bigrams[i]),
                  model::encode_attested(bigrams.at({first, second})));
        const std::uint32_t longer = ngrams.at(2).context_of(i);
        if (longer == State::kAbsent) continue;
        const auto thirds = ngrams.context(2, longer).children;
        for (std::uint32_t j = thirds.begin; j < thirds.end; ++j, ++checked) {
          ASSERT_EQ(static_cast<std::uint8_t>(of_trigrams[j]),
                    model::encode_attested(trigrams.at({first, second, ngrams.at(3).word(j)})));
        }
      }
    }
    EXPECT_EQ(checked, of_trigrams.size());
    EXPECT_GT(checked, 100U);
  }
}

TEST_P(LaneTraining, TheNullIsThatOfRandomWords) {
  const Opened model(train_on(documents_, with_lanes()));
  for (lanes::Class c = 0; c < model.table->classes(); ++c) {
    EXPECT_EQ(model.table->share_supported_less(c, -20), 0);
    EXPECT_EQ(model.table->share_supported_less(c, 20), 1);
    // Most texts have little to say of a random word.
    EXPECT_LT(model.table->share_supported_less(c, -1), 0.5);
    EXPECT_GT(model.table->share_supported_less(c, 1), 0.5);
  }
}

TEST(LaneTrainingOfFewDocuments, SaysSo) {
  TrainReport report;
  const Opened model(train_on(some_documents(60, 1, 60), with_lanes(), &report));
  EXPECT_TRUE(model.table);
  const auto warnings = warnings_of_lanes(report);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_NE(warnings[0].find("documents that were counted"), std::string::npos);
}

TEST(LaneTrainingOfFewDocuments, WritesNothingWhereThereIsNothingToCount) {
  TrainReport report;
  const Opened model(train_on(some_documents(4, 1), with_lanes(), &report));
  EXPECT_FALSE(model.table);
  EXPECT_FALSE(report.lanes);
  const auto warnings = warnings_of_lanes(report);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_NE(warnings[0].find("too small for lanes"), std::string::npos);
  for (const format::SectionEntry& section : model.data->container().sections())
    EXPECT_LT(section.kind, SectionKind::kLaneParameters);
}

}  // namespace
}  // namespace tercet::testing
