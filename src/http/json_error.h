// What is said when something is wrong.
#ifndef TERCET_HTTP_JSON_ERROR_H_
#define TERCET_HTTP_JSON_ERROR_H_

#include <string_view>

#include "http/message.h"

namespace tercet::http {

/// `{"error":{"message","type","param","code"}}`, as OpenAI's clients know it. `type`: one of
/// invalid_request_error, authentication_error, not_found_error, rate_limit_error, server_error and
/// unavailable_error; empty: what the status says. An empty `param` or `code` is null.
Response json_error(unsigned status, std::string_view message, std::string_view type = {},
                    std::string_view param = {}, std::string_view code = {});

}  // namespace tercet::http

#endif  // TERCET_HTTP_JSON_ERROR_H_
