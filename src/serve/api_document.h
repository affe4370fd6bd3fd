// The server's interfaces, as OpenAPI 3.1 describes them.
#ifndef TERCET_SERVE_API_DOCUMENT_H_
#define TERCET_SERVE_API_DOCUMENT_H_

#include <string_view>

namespace tercet::serve {

/// api_document.json, as it was when this was built.
std::string_view api_document() noexcept;

}  // namespace tercet::serve

#endif  // TERCET_SERVE_API_DOCUMENT_H_
