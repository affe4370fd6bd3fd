#include "train/lane_text.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "core/error.h"
#include "model/lane_layout.h"
#include "train/passages.h"

namespace tercet::train {
namespace {

constexpr std::uint64_t kDocumentsPerSample = 64;
/// More of a passage is not kept: it must fit into memory.
constexpr std::size_t kMostSampleTokens = 4'096;

/// Which documents are samples.
struct Sampling {
  explicit Sampling(std::uint64_t documents)
      : put_aside(documents >= kDocumentsPerSample),
        every(put_aside ? std::max(kDocumentsPerSample, documents / kMostPlaces) : 1) {}
  bool is_sample(const Passage& passage) const noexcept { return passage.document % every == 0; }

  bool put_aside;
  std::uint64_t every;
};

/// Reads one part of the corpus.
class PartReader {
 public:
  PartReader(const Lexicon& lexicon, std::size_t part, const LaneClasses& classes,
             const Sampling& sampling, const TrainContext& context)
      : codes_(lexicon.codes[part]), sampling_(sampling), counted_(context.scratch()) {
    for (const WordCode code : codes_)
      classes_.push_back(classes.of_word[code - 1] & model::kNoClass);
  }

  void begin(const Passage& passage) {
    is_sample_ = sampling_.is_sample(passage);
    is_counted_ = !is_sample_ || !sampling_.put_aside;
    if (passage.continues == 0 || !is_counted_) gap_ = kFar;
    if (is_sample_) samples_.push_back({passage.number, {}});
  }
  void add(std::uint32_t id) {
    const bool is_token = id != kSentenceBreak;
    if (is_sample_ && samples_.back().tokens.size() < kMostSampleTokens)
      samples_.back().tokens.push_back(is_token ? codes_[id] : kNoWord);
    if (!is_counted_ || !is_token) return;
    if (gap_ != kFar) ++gap_;
    if (classes_[id] == model::kNoClass) return;
    counted_.put({classes_[id], gap_});
    gap_ = 0;
  }
  Status finish(Records<LaneToken>& counted, std::vector<SamplePassage>& samples) {
    samples = std::move(samples_);
    return counted_.finish(counted);
  }

 private:
  std::span<const WordCode> codes_;
  std::vector<std::uint16_t> classes_;  // By id in the part, as the codes.
  const Sampling& sampling_;
  RecordWriter<LaneToken> counted_;
  std::vector<SamplePassage> samples_;
  std::uint16_t gap_ = kFar;
  bool is_sample_ = false;
  bool is_counted_ = false;
};

/// Calls place(token) for each word that has a class and another at least two words before.
template <class Place>
void for_each_place(const SamplePassage& passage, const LaneClasses& classes, Place&& place) {
  bool has_class = false;  // Some word before the last one.
  bool last_has_class = false;
  for (std::size_t i = 0; i < passage.tokens.size(); ++i) {
    const WordCode code = passage.tokens[i];
    if (code == kNoWord) continue;
    const bool own = (classes.of_word[code - 1] & model::kNoClass) != model::kNoClass;
    if (own && has_class) place(i);
    has_class = has_class || last_has_class;
    last_has_class = own;
  }
}

}  // namespace

Result<LaneText> read_lane_text(const Corpus& corpus, const Lexicon& lexicon,
                                const LaneClasses& classes, const TrainContext& context) {
  const Sampling sampling(corpus.passages.documents);
  LaneText text;
  text.put_aside = sampling.put_aside;
  text.parts.resize(corpus.parts.size());
  std::vector<std::vector<SamplePassage>> samples(corpus.parts.size());
  const auto parts = static_cast<std::uint32_t>(corpus.parts.size());
  const auto read_part = [&](std::uint32_t part) -> Status {
    PartReader reader(lexicon, part, classes, sampling, context);
    TERCET_TRY(for_each_token(
        corpus.parts[part], context, [&](const Passage& passage) { reader.begin(passage); },
        [&](std::uint32_t id) { reader.add(id); }));
    return reader.finish(text.parts[part], samples[part]);
  };
  TERCET_TRY(context.run(parts, read_part));
  for (auto& of_part : samples)
    std::move(of_part.begin(), of_part.end(), std::back_inserter(text.samples));
  std::sort(text.samples.begin(), text.samples.end(),
            [](const SamplePassage& a, const SamplePassage& b) { return a.number < b.number; });
  return text;
}

std::vector<SamplePlace> choose_places(const LaneText& text, const LaneClasses& classes) {
  std::vector<SamplePlace> all;
  for (std::size_t i = 0; i < text.samples.size(); ++i) {
    const auto add = [&](std::size_t token) { all.push_back({i, token}); };
    for_each_place(text.samples[i], classes, add);
  }
  if (all.size() <= kMostPlaces) return all;
  std::vector<SamplePlace> chosen(kMostPlaces);
  for (std::size_t i = 0; i < kMostPlaces; ++i) chosen[i] = all[i * all.size() / kMostPlaces];
  return chosen;
}

}  // namespace tercet::train
