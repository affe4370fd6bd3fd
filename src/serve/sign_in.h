// Where the page gives the key that a person has typed: POST /api/sign-in of docs/API.md.
#ifndef TERCET_SERVE_SIGN_IN_H_
#define TERCET_SERVE_SIGN_IN_H_

#include "http/guard.h"
#include "http/message.h"

namespace tercet::serve {

inline constexpr const char* kSignIn = "/api/sign-in";

/// Any thread.
class SignInDesk {
 public:
  /// `guard` must outlive it.
  explicit SignInDesk(const http::GuardOptions& guard);

  http::Response answer(const http::Request& request);
  const http::SignIns& sign_ins() const noexcept { return sign_ins_; }

 private:
  const http::GuardOptions& guard_;
  http::SignIns sign_ins_;
  http::RateLimiter tries_;
};

}  // namespace tercet::serve

#endif  // TERCET_SERVE_SIGN_IN_H_
