// What must hold of every answer, whoever gives it.
#ifndef TERCET_FUZZ_HTTP_PROMISE_H_
#define TERCET_FUZZ_HTTP_PROMISE_H_

#include <string>

#include "http/message.h"
#include "http/response_head.h"
#include "promise.h"

namespace tercet::fuzz {

inline void check_head(const http::Response& response) {
  std::string head;
  http::append_head(response, http::Framing::kLength, true, head);
  require(head.ends_with("\r\n\r\n"), "a head ends with an empty line");
  require(head.find("\r\n\r\n") == head.size() - 4, "nothing in a head ends it early");
  require(head.find('\0') == std::string::npos, "a head has no NUL");
}

}  // namespace tercet::fuzz

#endif  // TERCET_FUZZ_HTTP_PROMISE_H_
