// What tercet's own clients ask over HTTP, /api/ but for the ledger: docs/API.md.
#ifndef TERCET_SERVE_SUGGEST_H_
#define TERCET_SERVE_SUGGEST_H_

#include "http/message.h"
#include "serve/metrics.h"
#include "serve/models.h"
#include "serve/scribe.h"

namespace tercet::serve {

inline constexpr std::int64_t kMostOffers = 100;

/// POST /api/suggest.
http::Response suggest(const Models& models, Metrics& metrics, const http::Request& request);
/// GET /api/info. `scribe`: null where nothing is learnt.
http::Response info(const Models& models, const Scribe* scribe, std::size_t most_text_bytes);

}  // namespace tercet::serve

#endif  // TERCET_SERVE_SUGGEST_H_
