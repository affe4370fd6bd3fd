#include "serve/api_document.h"

extern "C" {
extern const char tercet_api_document[], tercet_api_document_end[];
}

namespace tercet::serve {

std::string_view api_document() noexcept { return {tercet_api_document, tercet_api_document_end}; }

}  // namespace tercet::serve
