#include "measure/text_tally.h"

#include <numeric>

#include "measure/bootstrap.h"

namespace tercet::measure {
namespace {

std::array<double, 6> shares_of(const KeyCounts& keys) {
  std::array<double, 6> shares{};
  for (std::size_t i = 0; i < shares.size(); ++i)
    shares[i] = percent(keys.by_use[i], keys.all()).value;
  return shares;
}

TextSlotFigures slot_figures(const TextSums& sums, const TextSums::OfSlots& of,
                             std::uint32_t slots) {
  const double saved =
      static_cast<double>(of.words_only.all()) - static_cast<double>(of.with_phrases.all());
  return {.slots = slots,
          .ksr = percent_saved(of.words_only.all(), sums.characters),
          .keys = shares_of(of.words_only),
          .ksr_phrases = percent_saved(of.with_phrases.all(), sums.characters),
          .shown = percent(of.phrases.shown, sums.words),
          .whole = percent(of.phrases.whole, of.phrases.shown),
          .part = percent(of.phrases.part, of.phrases.shown),
          .saved = ratio(saved, static_cast<double>(of.phrases.shown))};
}

/// Whoever finds words by their initials types one letter of each and picks; the same words would
/// have taken as many keys as words do with the last length of the list.
InitialsFigures initials_figures(const TextSums& sums, std::size_t i) {
  const InitialsCounts& counts = sums.initials[i];
  const double words = kInitialsWords[i];
  const KeyCounts& counted = sums.slots.back().words_only;
  const double keys = ratio(counted.all() - counted[KeyUse::kSign], sums.words).value;
  return {kInitialsWords[i], counts.tried, percent(counts.first, counts.tried),
          percent(counts.third, counts.tried), ratio(words * keys - words - 1, 1)};
}

TextFigures figures_of(const TextSums& sums, std::span<const std::uint32_t> slots) {
  TextFigures out;
  out.words = sums.words;
  out.characters = sums.characters;
  for (std::size_t i = 0; i < slots.size(); ++i)
    out.slots.push_back(slot_figures(sums, sums.slots[i], slots[i]));
  for (std::size_t i = 0; i < kInitialsWords.size(); ++i)
    out.initials.push_back(initials_figures(sums, i));
  return out;
}

TextSums sum_of(const std::vector<const TextDocument*>& documents,
                std::span<const std::size_t> picks, std::size_t slots) {
  TextSums sums(slots);
  for (const std::size_t pick : picks) sums += documents[pick]->sums;
  return sums;
}

std::vector<Measured*> all_of(TextFigures& figures) {
  std::vector<Measured*> all;
  for (TextSlotFigures& of : figures.slots) {
    for (Measured* each : {&of.ksr, &of.ksr_phrases, &of.shown, &of.whole, &of.part, &of.saved}) {
      all.push_back(each);
    }
  }
  for (InitialsFigures& of : figures.initials) {
    for (Measured* each : {&of.first, &of.third, &of.saved}) all.push_back(each);
  }
  return all;
}

}  // namespace

std::uint64_t KeyCounts::all() const noexcept {
  return std::accumulate(by_use.begin(), by_use.end(), std::uint64_t{0});
}

void KeyCounts::operator+=(const KeyCounts& other) noexcept {
  for (std::size_t i = 0; i < by_use.size(); ++i) by_use[i] += other.by_use[i];
}

void PhraseCounts::operator+=(const PhraseCounts& other) noexcept {
  shown += other.shown;
  whole += other.whole;
  part += other.part;
}

void InitialsCounts::operator+=(const InitialsCounts& other) noexcept {
  tried += other.tried;
  first += other.first;
  third += other.third;
}

void TextSums::operator+=(const TextSums& other) {
  words += other.words;
  characters += other.characters;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    slots[i].words_only += other.slots[i].words_only;
    slots[i].with_phrases += other.slots[i].with_phrases;
    slots[i].phrases += other.slots[i].phrases;
  }
  for (std::size_t i = 0; i < initials.size(); ++i) initials[i] += other.initials[i];
}

TextFigures figures_of(const std::vector<const TextDocument*>& documents,
                       std::span<const std::uint32_t> slots) {
  TextFigures out = with_intervals(
      documents.size(),
      [&](std::span<const std::size_t> picks) {
        return figures_of(sum_of(documents, picks, slots.size()), slots);
      },
      all_of);
  out.documents = documents.size();
  return out;
}

}  // namespace tercet::measure
