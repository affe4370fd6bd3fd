#include "serve/api_document.h"

extern "C" {
extern const char kTercetApiDocument[], kTercetApiDocumentEnd[];
}

namespace tercet::serve {

std::string_view api_document() noexcept { return {kTercetApiDocument, kTercetApiDocumentEnd}; }

}  // namespace tercet::serve
