// The page, to browsers.
#ifndef TERCET_SERVE_PAGE_H_
#define TERCET_SERVE_PAGE_H_

#include <optional>

#include "http/message.h"

namespace tercet::serve {

/// To a GET of a file of the page, or of "/": the page itself, or how to get it where it was not
/// there when this was built. nullopt: it is for somebody else.
std::optional<http::Response> answer_page(const http::Request& request);

}  // namespace tercet::serve

#endif  // TERCET_SERVE_PAGE_H_
