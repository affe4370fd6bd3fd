#include "serve/page.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "http/json_error.h"
#include "page/assets.h"

namespace tercet::serve {

std::optional<http::Response> answer_page(const http::Request& request) {
  if (request.method != http::Method::kGet && request.method != http::Method::kHead)
    return std::nullopt;
  const std::string_view path = request.path == "/" ? "/index.html" : request.path;
  const auto all = page::assets();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const page::Asset& each) { return each.path == path; });
  if (found == all.end()) {
    if (request.path != "/") return std::nullopt;
    return http::json_error(404,
                            "this tercet was built without its page: cd web && npm ci && "
                            "npm run build, then build tercet again");
  }
  http::Response response;
  response.content_type = found->content_type;
  response.headers.emplace_back("ETag", found->tag);
  response.headers.emplace_back(
      "Cache-Control", found->immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (request.header("If-None-Match") == found->tag) {
    response.status = 304;
  } else {
    response.body = found->bytes;
  }
  return response;
}

}  // namespace tercet::serve
