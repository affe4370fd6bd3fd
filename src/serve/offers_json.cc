#include "serve/offers_json.h"

#include <array>
#include <cstddef>
#include <string_view>

#include "serve/lanes_json.h"

namespace tercet::serve {
namespace {

constexpr std::array<std::string_view, 5> kKinds = {"word", "retyped", "repaired", "phrase",
                                                    "initials"};

/// Without the brace that ends it.
void begin_offer(json::Writer& json, const Offer& offer) {
  json.begin_object().field("text", offer.text);
  json.field("kind", kKinds[static_cast<std::size_t>(offer.kind)]).field("words", offer.words);
  json.field("probability", offer.probability).field("bits", offer.surprise_bits);
  json.field("order", offer.order).field("language", offer.language);
}

/// Words of a model without lanes are not measured: one that is in no lane is unusual.
bool is_measured(const LaneMeasure& measure) {
  return measure.lane != Lane::kNone || measure.unusual > 0;
}

void put_measured(json::Writer& json, std::span<const Offer> words) {
  json.begin_array();
  for (const Offer& word : words) {
    begin_offer(json, word);
    if (is_measured(word.measure)) put_measure(json, word.measure);
    json.end_object();
  }
  json.end_array();
}

void put_lane(json::Writer& json, std::span<const Offer> words) {
  json.begin_array();
  for (const Offer& word : words) {
    begin_offer(json, word);
    put_measure(json, word.measure);
    const Provenance& provenance = word.provenance;
    json.key("attested").begin_object().field("times", provenance.times);
    json.field("after", provenance.after).end_object().key("because").begin_array();
    for (const std::string_view reason : provenance.because)
      if (!reason.empty()) json.value(reason);
    json.end_array().end_object();
  }
  json.end_array();
}

}  // namespace

void put(json::Writer& json, std::span<const Offer> offers) {
  json.begin_array();
  for (const Offer& offer : offers) {
    begin_offer(json, offer);
    json.end_object();
  }
  json.end_array();
}

void put(json::Writer& json, const Offers& offers, const SessionOptions& asked,
         double microseconds) {
  const bool with_lanes = asked.lane_words > 0;
  json.field("typed", offers.typed).key("words");
  with_lanes ? put_measured(json, offers.words) : put(json, offers.words);
  json.key("phrases");
  put(json, offers.phrases);
  if (with_lanes) {
    json.key("rare");
    put_lane(json, offers.rare);
    json.key("genius");
    put_lane(json, offers.genius);
  }
  json.field("microseconds", microseconds);
}

}  // namespace tercet::serve
