#include "http/message.h"

#include "http/ascii.h"

namespace tercet::http {

std::string_view Request::header(std::string_view name) const noexcept {
  for (const auto& [each, value] : headers) {
    if (same_name(each, name)) return value;
  }
  return {};
}

}  // namespace tercet::http
