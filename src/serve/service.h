// All that a server answers: which request goes to whom, who may ask, and what is counted.
#ifndef TERCET_SERVE_SERVICE_H_
#define TERCET_SERVE_SERVICE_H_

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include "http/guard.h"
#include "http/message.h"
#include "http/rate_limit.h"
#include "http/routes.h"
#include "serve/handlers.h"
#include "serve/metrics.h"
#include "serve/models.h"
#include "serve/scribe.h"
#include "serve/sign_in.h"

namespace tercet::serve {

struct ServiceOptions {
  http::GuardOptions guard;
  double requests_per_second = 0;  ///< Of each key; 0: no limit.
  double burst = 100;
  std::size_t most_text_bytes = 1'000'000;  ///< What clients are told of the limit on bodies.
};

class Service final : public http::Service {
 public:
  /// `scribe`: null where nobody is remembered.
  Service(ServiceOptions options, Models models, std::unique_ptr<Scribe> scribe);

  void answer(const http::Request& request, http::Reply reply) override;
  std::unique_ptr<http::SocketHandler> open_socket(const http::Request& request,
                                                   std::shared_ptr<http::Socket> socket) override;

  /// From the next request on, and for typing sessions that begin then. Any thread.
  void replace(Models models);
  /// What is answered, but for the page.
  const http::RouteTable& routes() const noexcept { return routes_; }
  /// It is about to end: /readyz says so.
  void drain() noexcept { draining_ = true; }

 private:
  using Ledger = void (*)(Scribe&, const http::Request&, http::Reply);

  std::shared_ptr<const Models> models() const { return models_.load(); }
  void add(http::Method method, const char* path, ClientHandler handler);
  void add(http::Method method, const char* path, Ledger handler);
  /// A key is needed, or it comes too often; nullopt: neither.
  std::optional<http::Response> stranger(const http::Request& request);
  void add_own_routes();
  void add_ledger_routes();
  void add_client_routes();
  void add_operators_routes();

  ServiceOptions options_;
  std::atomic<std::shared_ptr<const Models>> models_;
  Metrics metrics_;
  http::RateLimiter limiter_;
  SignInDesk sign_in_;
  http::RouteTable routes_;
  std::atomic<bool> draining_ = false;
  std::unique_ptr<Scribe> scribe_;  // Ends first: its tasks know of the metrics.
};

}  // namespace tercet::serve

#endif  // TERCET_SERVE_SERVICE_H_
