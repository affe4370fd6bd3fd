// The ledger over HTTP: /api/ledger of docs/API.md.
#ifndef TERCET_SERVE_LEDGER_API_H_
#define TERCET_SERVE_LEDGER_API_H_

#include "http/message.h"
#include "serve/scribe.h"

namespace tercet::serve {

/// Each looks at the request at once, and answers from the scribe's thread.
void list_ledger(Scribe& scribe, const http::Request& request, http::Reply reply);
void ledger_stats(Scribe& scribe, const http::Request& request, http::Reply reply);
void forget(Scribe& scribe, const http::Request& request, http::Reply reply);
void undo(Scribe& scribe, const http::Request& request, http::Reply reply);
void export_ledger(Scribe& scribe, const http::Request& request, http::Reply reply);
void import_ledger(Scribe& scribe, const http::Request& request, http::Reply reply);
void list_blocks(Scribe& scribe, const http::Request& request, http::Reply reply);
void set_block(Scribe& scribe, const http::Request& request, http::Reply reply);

}  // namespace tercet::serve

#endif  // TERCET_SERVE_LEDGER_API_H_
