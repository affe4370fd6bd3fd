#include "api/lane_controls.h"

#include <algorithm>
#include <utility>

namespace tercet::api {
namespace {

/// From 0 to 1, below it.
double fraction(Random& random) {
  constexpr double kStep = 1.0 / (std::uint64_t{1} << 53U);
  return kStep * static_cast<double>(random() >> 11U);
}

template <class Values>
void shuffle(Values& values, Random& random) {
  for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[random() % i]);
}

/// Each with its end.
void add_sentences(std::span<const WordId> words, std::vector<std::span<const WordId>>& out) {
  while (!words.empty()) {
    const auto end = std::find(words.begin(), words.end(), kSentenceEnd);
    const auto length = static_cast<std::size_t>(end - words.begin());
    const std::size_t taken = std::min(words.size(), length + 1);
    out.push_back(words.first(taken));
    words = words.subspan(taken);
  }
}

/// Neither may be drawn: a text has none.
bool may_stand(WordId word) noexcept { return word != kUnknown && word != kSentenceBegin; }

}  // namespace

Words shuffle_sentences(std::span<const WordId> words, Random& random) {
  std::vector<std::span<const WordId>> sentences;
  add_sentences(words, sentences);
  shuffle(sentences, random);
  Words out;
  for (const std::span<const WordId> sentence : sentences)
    out.insert(out.end(), sentence.begin(), sentence.end());
  return out;
}

std::vector<Words> mix_sentences(std::span<const Words> documents, Random& random) {
  std::vector<std::span<const WordId>> sentences;
  for (const Words& document : documents) add_sentences(document, sentences);
  shuffle(sentences, random);
  std::vector<Words> out;
  auto next = sentences.begin();
  for (const Words& document : documents) {
    Words& mixed = out.emplace_back();
    for (; next != sentences.end() && mixed.size() < document.size(); ++next)
      mixed.insert(mixed.end(), next->begin(), next->end());
  }
  return out;
}

Words shuffle_words(std::span<const WordId> words, Random& random) {
  Words shuffled;
  std::copy_if(words.begin(), words.end(), std::back_inserter(shuffled),
               [](WordId word) { return word != kSentenceEnd; });
  shuffle(shuffled, random);
  Words out(words.begin(), words.end());
  std::size_t next = 0;
  for (WordId& word : out) {
    if (word != kSentenceEnd) word = shuffled[next++];
  }
  return out;
}

void WordDraw::Urn::add(WordId word, double probability) {
  if (probability <= 0) return;
  words.push_back(word);
  sums.push_back(sum() + probability);
}

WordId WordDraw::Urn::draw(Random& random) const {
  if (words.empty()) return kUnknown;
  const auto at = std::upper_bound(sums.begin(), sums.end(), fraction(random) * sum());
  const auto index =
      std::min<std::size_t>(static_cast<std::size_t>(at - sums.begin()), words.size() - 1);
  return words[index];
}

WordDraw::WordDraw(const predict::LaneModel& model)
    : model_(model), classes_(model.table().classes()), bands_(model::kLastBand + 1) {
  const lanes::AssociationTable& table = model.table();
  for (WordId word = 0; word < model.ngrams().at(1).entries(); ++word) {
    if (!may_stand(word)) continue;
    const double probability = model.unigram(word);
    all_.add(word, probability);
    if (const lanes::Class of = table.class_of(word); of != model::kNoClass)
      classes_[of].add(word, probability);
  }
  for (std::size_t i = 0; i < classes_.size(); ++i) {
    const auto of = static_cast<lanes::Class>(i);
    if (!classes_[i].words.empty()) bands_[table.band(of)].push_back(of);
  }
}

WordId WordDraw::like(lanes::Class of, Random& random) const {
  const std::vector<lanes::Class>& classes = bands_[model_.table().band(of)];
  return classes.empty() ? kUnknown : classes_[classes[random() % classes.size()]].draw(random);
}

/// The person's words have what the mixture does not leave to the model.
WordId WordDraw::next(const predict::Mixture& mixture, Random& random) const {
  const predict::Mixture::Place& place = mixture.place();
  double at = fraction(random) - place.background_scale;
  if (at >= 0) {
    for (const auto& block : mixture.words().blocks()) {
      for (const auto& entry : block.entries) {
        at -= mixture.personal(place, entry);
        if (at < 0) return entry.word;
      }
    }
  }
  constexpr int kTries = 1000;
  for (int i = 0; i < kTries; ++i) {
    const State& state = place.context.state;
    const WordId word =
        of_model(state, std::min(state.length, model_.ngrams().order() - 1), random);
    if (may_stand(word)) return word;
  }
  return kSentenceEnd;
}

/// What a context has no successor for is left to the next shorter one, for other words.
WordId WordDraw::of_model(const State& state, std::uint32_t length, Random& random) const {
  if (length == 0) return all_.draw(random);
  const model::Order& order = model_.ngrams().at(length + 1);
  const model::EntryRange successors = model_.ngrams().context(state, length).children;
  double at = fraction(random);
  for (std::uint32_t entry = successors.begin; entry < successors.end; ++entry) {
    if (order.cost(entry) != model::kNeverCost) at -= model_.bins().probability(order.cost(entry));
    if (at < 0) return order.word(entry);
  }
  constexpr int kTries = 1000;
  for (int i = 0; i < kTries; ++i) {
    const WordId word = of_model(state, length - 1, random);
    if (order.find(successors, word) == model::kNoEntry) return word;
  }
  return kUnknown;
}

}  // namespace tercet::api
