#include "http/json_error.h"

#include "json/writer.h"

namespace tercet::http {
namespace {

std::string_view type_of(unsigned status) {
  switch (status) {
    case 401:
    case 403:
      return "authentication_error";
    case 404:
      return "not_found_error";
    case 429:
      return "rate_limit_error";
    case 503:
      return "unavailable_error";
    default:
      return status < 500 ? "invalid_request_error" : "server_error";
  }
}

void write(json::Writer& json, std::string_view name, std::string_view text) {
  json.key(name);
  text.empty() ? json.null() : json.value(text);
}

}  // namespace

Response json_error(unsigned status, std::string_view message, std::string_view type,
                    std::string_view param, std::string_view code) {
  json::Writer json;
  json.begin_object().key("error").begin_object().field("message", message);
  json.field("type", type.empty() ? type_of(status) : type);
  write(json, "param", param);
  write(json, "code", code);
  json.end_object().end_object();
  Response response;
  response.status = status;
  response.body = json.text();
  return response;
}

}  // namespace tercet::http
