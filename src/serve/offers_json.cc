#include "serve/offers_json.h"

#include <array>
#include <cstddef>
#include <string_view>

namespace tercet::serve {
namespace {

constexpr std::array<std::string_view, 5> kKinds = {"word", "retyped", "repaired", "phrase",
                                                    "initials"};

}  // namespace

void put(json::Writer& json, std::span<const Offer> offers) {
  json.begin_array();
  for (const Offer& offer : offers) {
    json.begin_object().field("text", offer.text);
    json.field("kind", kKinds[static_cast<std::size_t>(offer.kind)]).field("words", offer.words);
    json.field("probability", offer.probability).field("bits", offer.surprise_bits);
    json.field("order", offer.order).field("language", offer.language).end_object();
  }
  json.end_array();
}

void put(json::Writer& json, const Offers& offers, double microseconds) {
  json.field("typed", offers.typed).key("words");
  put(json, offers.words);
  json.key("phrases");
  put(json, offers.phrases);
  json.field("microseconds", microseconds);
}

}  // namespace tercet::serve
