// What is offered, as docs/API.md has it.
#ifndef TERCET_SERVE_OFFERS_JSON_H_
#define TERCET_SERVE_OFFERS_JSON_H_

#include <span>

#include "json/writer.h"
#include "tercet/session.h"

namespace tercet::serve {

void put(json::Writer& json, std::span<const Offer> offers);
/// The members of an offers object, without its braces; with those of lanes where these were asked
/// for.
void put(json::Writer& json, const Offers& offers, const SessionOptions& asked,
         double microseconds);

}  // namespace tercet::serve

#endif  // TERCET_SERVE_OFFERS_JSON_H_
