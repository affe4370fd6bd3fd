#include "predict/context_profiles.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace tercet::predict {
namespace {

/// Longer contexts are not followed by that many words.
constexpr std::uint32_t kLongest = 2;

/// Unigram probability of all words that cost less than each cost.
std::vector<double> cumulated_unigrams(const model::Ngrams& ngrams, const CostBins& bins) {
  std::vector<double> mass(std::size_t{model::kNeverCost} + 1);
  const model::Order& unigrams = ngrams.at(1);
  for (WordId word = 0; word < unigrams.entries(); ++word) {
    if (unigrams.cost(word) != model::kNeverCost)
      mass[unigrams.cost(word) + 1U] += bins.probability(unigrams.cost(word));
  }
  for (std::size_t i = 1; i < mass.size(); ++i) mass[i] += mass[i - 1];
  return mass;
}

/// By bin, after backing off for so much.
std::vector<double> spread_of_unigrams(std::span<const double> cumulated, std::int32_t backoff,
                                       const CostBins& bins) {
  std::vector<double> out(CostBins::kCount);
  const double base = bins.probability(backoff);
  const auto below = [&](std::size_t bin) {
    return cumulated[static_cast<std::size_t>(
        std::clamp<std::int32_t>(bins.first(bin) - backoff, 0, model::kNeverCost))];
  };
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double end = i + 1 == out.size() ? cumulated.back() : below(i + 1);
    out[i] = base * (end - (i == 0 ? 0 : below(i)));
  }
  return out;
}

std::int32_t cost_in(const model::Order& order, std::uint32_t entry) noexcept {
  return order.cost(entry) == model::kNeverCost ? model::kImpossible : order.cost(entry);
}

void set_spread(ContextProfile& profile, std::span<const double> spread) {
  profile.spread.assign(spread.begin(), spread.end());
  profile.mass = std::accumulate(spread.begin(), spread.end(), 0.0);
}

/// A word of a list, and its cost.
struct Word {
  WordId word;
  std::int32_t cost;
};

}  // namespace

class ContextProfiles::Builder {
 public:
  Builder(const model::Ngrams& ngrams, const lanes::AssociationTable& table, const CostBins& bins,
          std::uint32_t long_list, ContextProfiles& out)
      : ngrams_(ngrams),
        table_(table),
        bins_(bins),
        long_list_(long_list),
        out_(out),
        cumulated_(cumulated_unigrams(ngrams, bins)) {}

  void add_empty() {
    const auto spread = spread_of_unigrams(cumulated_, 0, bins_);
    set_spread(out_.profiles_[0][0], spread);
  }
  /// The context of so many words with this number and last word, if its list is long.
  void add(std::uint32_t length, std::uint32_t context, WordId last);

 private:
  std::vector<Word> words(std::uint32_t length, std::uint32_t context) const;
  ContextProfile profile(std::span<const Word> own, std::int32_t backoff,
                         const ContextProfile& shorter, std::span<const Word> of_shorter) const;
  void sort_candidates(ContextProfile& profile) const;
  void correct(std::vector<double>& spread, const Word& word, std::int32_t all_backoff) const;

  const model::Ngrams& ngrams_;
  const lanes::AssociationTable& table_;
  const CostBins& bins_;
  std::uint32_t long_list_;
  ContextProfiles& out_;
  std::vector<double> cumulated_;
};

void ContextProfiles::Builder::add(std::uint32_t length, std::uint32_t context, WordId last) {
  const model::Context found = ngrams_.context(length, context);
  if (found.children.size() < long_list_ || last >= ngrams_.at(1).entries()) return;
  State suffix;  // Without the first word.
  std::vector<Word> of_shorter;
  if (length > 1) {
    suffix.context[0] = ngrams_.at(1).context_of(last);
    of_shorter = words(1, suffix.context[0]);
  }
  const ContextProfile* const shorter = out_.find(suffix, length - 1);
  if (shorter == nullptr) return;
  out_.profiles_[length].emplace(
      context, profile(words(length, context), found.backoff, *shorter, of_shorter));
}

std::vector<Word> ContextProfiles::Builder::words(std::uint32_t length,
                                                  std::uint32_t context) const {
  const model::Order& order = ngrams_.at(length + 1);
  const model::EntryRange list = ngrams_.context(length, context).children;
  std::vector<Word> out;
  out.reserve(list.size());
  for (std::uint32_t entry = list.begin; entry < list.end; ++entry)
    out.push_back({order.word(entry), cost_in(order, entry)});
  return out;
}

/// The word has this cost, not what backing off gives it.
void ContextProfiles::Builder::correct(std::vector<double>& spread, const Word& word,
                                       std::int32_t all_backoff) const {
  spread[bins_.bin(word.cost)] += bins_.probability(word.cost);
  if (word.word >= ngrams_.at(1).entries()) return;
  const std::int32_t unigram = all_backoff + cost_in(ngrams_.at(1), word.word);
  spread[bins_.bin(unigram)] -= bins_.probability(unigram);
}

ContextProfile ContextProfiles::Builder::profile(std::span<const Word> own, std::int32_t backoff,
                                                 const ContextProfile& shorter,
                                                 std::span<const Word> of_shorter) const {
  const std::int32_t all_backoff = backoff + shorter.backoff;
  std::vector<double> spread = spread_of_unigrams(cumulated_, all_backoff, bins_);
  std::map<lanes::Class, double> gains;
  ContextProfile out;
  out.shorter = &shorter;
  out.backoff = backoff;
  auto next = of_shorter.begin();
  for (const Word& each : own) {
    for (; next != of_shorter.end() && next->word < each.word; ++next)
      correct(spread, {next->word, backoff + next->cost}, all_backoff);
    correct(spread, each, all_backoff);
    std::int32_t without = all_backoff + cost_in(ngrams_.at(1), each.word);
    if (next != of_shorter.end() && next->word == each.word) without = backoff + next++->cost;
    const lanes::Class of = table_.class_of(each.word);
    if (of == model::kNoClass) continue;
    gains[of] += bins_.probability(each.cost) - bins_.probability(without);
    if (table_.may_be_offered(each.word)) out.candidates.push_back({each.word, each.cost});
  }
  for (; next != of_shorter.end(); ++next)
    correct(spread, {next->word, backoff + next->cost}, all_backoff);
  set_spread(out, spread);
  for (const auto& [of, mass] : gains) out.gains.push_back({of, static_cast<float>(mass)});
  sort_candidates(out);
  return out;
}

void ContextProfiles::Builder::sort_candidates(ContextProfile& profile) const {
  auto& candidates = profile.candidates;
  std::sort(candidates.begin(), candidates.end(), [this](const auto& a, const auto& b) {
    const lanes::Class of_a = table_.class_of(a.word);
    const lanes::Class of_b = table_.class_of(b.word);
    if (of_a != of_b) return of_a < of_b;
    return a.cost != b.cost ? a.cost < b.cost : a.word < b.word;
  });
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const lanes::Class of = table_.class_of(candidates[i].word);
    if (profile.classes.empty() || profile.classes.back().of != of)
      profile.classes.push_back({of, static_cast<std::uint32_t>(i)});
  }
  profile.classes.push_back({model::kNoClass, static_cast<std::uint32_t>(candidates.size())});
}

ContextProfiles::ContextProfiles(const model::Ngrams& ngrams, const lanes::AssociationTable& table,
                                 const CostBins& bins, std::uint32_t long_list)
    : profiles_(1 + std::min(kLongest, ngrams.order() - 1)) {
  Builder builder(ngrams, table, bins, long_list, *this);
  builder.add_empty();
  for (std::uint32_t length = 1; length < profiles_.size(); ++length) {
    const model::Order& order = ngrams.at(length);
    for (std::uint32_t entry = 0; entry < order.entries(); ++entry) {
      const std::uint32_t context = order.context_of(entry);
      if (context != State::kAbsent) builder.add(length, context, order.word(entry));
    }
  }
}

const ContextProfile* ContextProfiles::find(const State& state,
                                            std::uint32_t length) const noexcept {
  if (length >= profiles_.size()) return nullptr;
  const auto found = profiles_[length].find(length == 0 ? 0 : state.context[length - 1]);
  return found == profiles_[length].end() ? nullptr : &found->second;
}

}  // namespace tercet::predict
