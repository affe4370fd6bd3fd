#include "suggestion_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>

#include "columns.h"

namespace tercet::cli {
namespace {

template <class Item>
std::string numbered(std::span<const Item> list) {
  std::size_t widest = 0;
  for (const Item& each : list) widest = std::max(widest, display_width(each.text));
  std::string out;
  int number = 0;
  for (const Item& each : list) {
    fmt::format_to(std::back_inserter(out), "{:2}  {}{:{}}  {:5.1f} bits  order {}\n", ++number,
                   printable(each.text), "", widest - display_width(each.text), each.surprise_bits,
                   each.order);
  }
  return out;
}

}  // namespace

Answer ask(const Predictor& predictor, const Query& query, Scratch& scratch) {
  const auto begin = std::chrono::steady_clock::now();
  const Suggestions suggestions = predictor.suggest(query, scratch);
  const auto end = std::chrono::steady_clock::now();
  return {suggestions, std::chrono::duration<double, std::micro>(end - begin).count()};
}

std::string numbered_list(const Suggestions& suggestions) { return numbered(suggestions.list); }

std::string numbered_list(std::span<const Offer> offers) { return numbered(offers); }

std::optional<Offer> phrase_of_initials(Session& session, const Offers& offers) {
  const double word = offers.words.empty() ? 0 : offers.words.front().probability;
  const Offers initials = session.suggest_initials(1);
  if (initials.phrases.empty() || initials.phrases.front().probability <= word) return std::nullopt;
  return initials.phrases.front();
}

void write_json(const Answer& answer, json::Writer& json) {
  json.begin_object().field("prefix", answer.suggestions.prefix);
  json.key("suggestions").begin_array();
  for (const Suggestion& each : answer.suggestions.list) {
    json.begin_object().field("text", each.text);
    json.field("log10_probability", each.log10_probability);
    json.field("surprise_bits", each.surprise_bits).field("order", each.order).end_object();
  }
  json.end_array().field("microseconds", answer.microseconds).end_object();
}

}  // namespace tercet::cli
