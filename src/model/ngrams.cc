#include "model/ngrams.h"

#include <string>

#include "core/error.h"

namespace tercet::model {
namespace {

using format::SectionKind;

Error wrong_size(std::string_view name, SectionKind kind, std::uint32_t order, std::uint64_t bytes,
                 std::uint64_t expected) {
  return core::damaged(name, "section " + std::string(format::name_of(kind)) + " of order " +
                                 std::to_string(order) + " has " + std::to_string(bytes) +
                                 " bytes, " + std::to_string(expected) + " expected");
}

/// Finds a section that must have exactly `expected` bytes.
Result<const std::byte*> section(const format::Container& container, SectionKind kind,
                                 std::uint32_t order, std::uint64_t expected,
                                 std::string_view name) {
  const auto bytes = container.find(kind, order);
  if (bytes.size() != expected) return wrong_size(name, kind, order, bytes.size(), expected);
  return bytes.data();
}

/// Of the backoffs taken and a stored cost.
std::int32_t sum(std::int32_t backoff, std::uint16_t cost) noexcept {
  return cost == kNeverCost ? kImpossible : backoff + std::int32_t{cost};
}

}  // namespace

Result<Order> Order::parse(const format::Container& container, std::uint32_t n,
                           std::uint32_t entries, std::uint32_t vocabulary, bool highest,
                           std::string_view name) {
  Order out;
  out.entries_ = entries;
  out.vocabulary_ = vocabulary;
  const auto read = [&](SectionKind kind, std::uint64_t bytes, const std::byte*& to) -> Status {
    auto found = section(container, kind, n, bytes, name);
    if (!found) return std::move(found).error();
    to = *found;
    return {};
  };
  if (n > 1)
    TERCET_TRY(
        read(SectionKind::kWords, core::kBytesPerWordId * std::uint64_t{entries}, out.words_));
  TERCET_TRY(read(SectionKind::kCosts, std::uint64_t{2} * entries, out.costs_));
  TERCET_TRY(
      read(SectionKind::kBlockMinima, 2 * divide_up(entries, kEntriesPerBlock), out.block_minima_));
  TERCET_TRY(read(SectionKind::kSuperblockMinima, 2 * divide_up(entries, kEntriesPerSuperblock),
                  out.superblock_minima_));
  if (highest) return out;
  TERCET_TRY(read(SectionKind::kContextMarks,
                  sizeof(ContextMark) * divide_up(entries, kEntriesPerMark), out.marks_));
  const auto records = container.find(SectionKind::kContexts, n);
  if (records.size() < kContextBytes || records.size() % kContextBytes != 0 ||
      records.size() / kContextBytes - 1 > entries) {
    return wrong_size(name, SectionKind::kContexts, n, records.size(),
                      kContextBytes * (std::uint64_t{entries} + 1));
  }
  out.contexts_ = static_cast<std::uint32_t>(records.size() / kContextBytes - 1);
  out.context_records_ = records.data();
  return out;
}

/// Words that follow a context are spread over the ids evenly enough for two guesses, the second
/// from what the first one met, to land near the word; each probe of a long list costs a cache
/// miss.
std::uint32_t Order::near(EntryRange range, WordId word) const noexcept {
  const std::uint32_t first = guess(range, word);
  const auto further = (std::int64_t{word} - this->word(first)) * range.size() / vocabulary_;
  return static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(first + further, range.begin, std::int64_t{range.end} - 1));
}

/// A part of the range that has the word's place within it or at its end.
EntryRange Order::around(EntryRange range, WordId word) const noexcept {
  const std::uint32_t middle = near(range, word);
  std::uint32_t step = kGuessedRange / 8;
  if (this->word(middle) < word) {
    range.begin = middle + 1;
    for (; range.size() > step && this->word(range.begin + step) < word; step *= 2)
      range.begin += step + 1;
    range.end = range.begin + std::min(range.size(), step);
  } else {
    range.end = middle;
    for (; range.size() > step && this->word(range.end - step) >= word; step *= 2)
      range.end -= step;
    range.begin = range.end - std::min(range.size(), step);
  }
  return range;
}

std::uint32_t Order::lower_bound(EntryRange range, WordId word) const noexcept {
  if (words_ == nullptr) return std::clamp(word, range.begin, range.end);
  if (range.size() > kGuessedRange) range = around(range, word);
  std::uint32_t begin = range.begin;
  std::uint32_t size = range.size();
  while (size > 1) {  // Branch-free halving: the comparison becomes a conditional move.
    const std::uint32_t half = size / 2;
    begin += this->word(begin + half - 1) < word ? half : 0;
    size -= half;
  }
  return begin + (size == 1 && this->word(begin) < word ? 1 : 0);
}

Result<Ngrams> Ngrams::parse(const format::Container& container, const Parameters& parameters,
                             std::string_view name) {
  Ngrams out;
  out.order_ = parameters.order;
  out.scale_ = {parameters.units_per_bit, parameters.backoff_bias};
  out.interpolated_ = (parameters.flags & kInterpolated) != 0;
  for (std::uint32_t n = 1; n <= parameters.order; ++n) {
    const std::uint64_t entries = parameters.ngrams[n - 1];
    if (entries > kMaxEntries) {
      return core::corrupt(std::string(name) + ": impossible number of n-grams of order " +
                           std::to_string(n));
    }
    auto order =
        Order::parse(container, n, static_cast<std::uint32_t>(entries),
                     static_cast<std::uint32_t>(parameters.ngrams[0]), n == parameters.order, name);
    if (!order) return std::move(order).error();
    out.orders_[n - 1] = *order;
  }
  return out;
}

Context Ngrams::context(std::uint32_t m, std::uint32_t index) const noexcept {
  const Order& order = at(m);
  if (index >= order.contexts()) return {};
  const std::uint32_t limit = at(m + 1).entries();
  Context out;
  out.children.begin = std::min(order.first_child(index), limit);
  out.children.end = std::clamp(order.first_child(index + 1), out.children.begin, limit);
  out.backoff =
      std::int32_t{order.stored_backoff(index)} - static_cast<std::int32_t>(scale_.backoff_bias);
  return out;
}

Context Ngrams::context(const State& state, std::uint32_t m) const noexcept {
  if (m == 0) return {{0, at(1).entries()}, 0};
  return context(m, state.context[m - 1]);
}

std::int32_t Ngrams::cost(const State& state, WordId word, std::uint8_t& order) const noexcept {
  if (word >= at(1).entries()) word = kUnknown;
  std::int32_t backoff = 0;
  for (std::uint32_t m = std::min(state.length, order_ - 1); m > 0; --m) {
    const Context context = this->context(m, state.context[m - 1]);
    const std::uint32_t entry = at(m + 1).find(context.children, word);
    if (entry != kNoEntry) {
      order = static_cast<std::uint8_t>(m + 1);
      return sum(backoff, at(m + 1).cost(entry));
    }
    backoff += context.backoff;
  }
  order = 1;
  return sum(backoff, at(1).cost(word));
}

State Ngrams::advance(const State& state, WordId word) const noexcept {
  State next;
  if (order_ == 1) return next;
  if (word >= at(1).entries()) word = kUnknown;
  const std::uint32_t longest = std::min(state.length, order_ - 2);
  for (std::uint32_t m = 0; m <= longest; ++m) {
    const std::uint32_t entry =
        m == 0 ? word : at(m + 1).find(context(m, state.context[m - 1]).children, word);
    if (entry == kNoEntry) continue;
    next.context[m] = at(m + 1).context_of(entry);
    if (next.context[m] != State::kAbsent) next.length = m + 1;
  }
  return next;
}

Step Ngrams::step(const State& state, WordId word) const noexcept {
  if (word >= at(1).entries()) word = kUnknown;
  const std::uint32_t longest = std::min(state.length, order_ - 1);
  prefetch(state);
  std::array<Context, kMaxOrder> contexts;
  for (std::uint32_t m = 1; m <= longest; ++m) {
    contexts[m] = context(m, state.context[m - 1]);
    at(m + 1).prefetch_search(contexts[m].children, word);
  }
  Step out;
  bool found = false;
  std::int32_t backoff = 0;
  const auto take = [&](std::uint32_t m, std::uint32_t entry) {
    if (!found) out = {sum(backoff, at(m + 1).cost(entry)), static_cast<std::uint8_t>(m + 1), {}};
    found = true;
    if (m + 1 == order_) return;
    out.next.context[m] = at(m + 1).context_of(entry);
    if (out.next.length == 0 && out.next.context[m] != State::kAbsent) out.next.length = m + 1;
  };
  for (std::uint32_t m = longest; m > 0; --m) {
    const std::uint32_t entry = at(m + 1).find(contexts[m].children, word);
    if (entry != kNoEntry) {
      take(m, entry);
    } else {
      backoff += contexts[m].backoff;
    }
  }
  take(0, word);
  return out;
}

}  // namespace tercet::model
