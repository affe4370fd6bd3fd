#include "serve/service.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "http/json_error.h"
#include "serve/api_document.h"
#include "serve/handlers.h"
#include "serve/lanes.h"
#include "serve/ledger_api.h"
#include "serve/page.h"
#include "serve/suggest.h"
#include "serve/typing_session.h"

namespace tercet::serve {
namespace {

using http::Method;
using http::Reply;
using http::Request;
using http::Response;

constexpr const char* kSession = "/api/session";

Response text(unsigned status, std::string body) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(body);
  return response;
}

}  // namespace

Service::Service(ServiceOptions options, Models models, std::unique_ptr<Scribe> scribe)
    : options_(std::move(options)),
      models_(std::make_shared<const Models>(std::move(models))),
      limiter_(options_.requests_per_second, options_.burst,
               std::max<std::size_t>(options_.guard.keys.size(), 1)),
      sign_in_(options_.guard),
      scribe_(std::move(scribe)) {
  options_.guard.open_paths.emplace_back(kSignIn);
  add_own_routes();
  add_ledger_routes();
  add_client_routes();
  add_operators_routes();
}

void Service::replace(Models models) {
  models_.store(std::make_shared<const Models>(std::move(models)));
}

void Service::answer(const Request& request, Reply reply) {
  // Every answer is counted and gets the headers of the guard.
  Reply guarded = [this, &request, reply = std::move(reply)](Response response) {
    metrics_.count(routes_.route_of(request.path), response.status);
    http::add_guard_headers(request, options_.guard, response);
    reply(std::move(response));
  };
  if (auto refused = http::guard_origin(request, options_.guard))
    return guarded(std::move(*refused));
  // The page is no secret, and the key is typed into it.
  if (auto page = answer_page(request)) return guarded(std::move(*page));
  if (auto refused = stranger(request)) return guarded(std::move(*refused));
  routes_.answer(request, std::move(guarded));
}

std::unique_ptr<http::SocketHandler> Service::open_socket(const Request& request,
                                                          std::shared_ptr<http::Socket> socket) {
  if (request.path != kSession) return nullptr;
  if (http::guard_origin(request, options_.guard) || stranger(request)) return nullptr;
  metrics_.count(kSession, 101);
  return std::make_unique<TypingSession>(std::move(socket), models()->repertoire(), scribe_.get(),
                                         metrics_);
}

std::optional<Response> Service::stranger(const Request& request) {
  return http::guard_key(request, options_.guard, sign_in_.sign_ins(), limiter_,
                         std::chrono::steady_clock::now());
}

void Service::add(Method method, const char* path, ClientHandler handler) {
  routes_.add(method, path, [this, handler](const Request& request, const Reply& reply) {
    reply(handler(*models(), metrics_, request));
  });
}

void Service::add(Method method, const char* path, Ledger handler) {
  if (scribe_ == nullptr) return;
  routes_.add(method, path, [this, handler](const Request& request, Reply reply) {
    handler(*scribe_, request, std::move(reply));
  });
}

/// OpenAI's and llama.cpp's clients.
void Service::add_client_routes() {
  for (const ClientRoute& route : client_routes()) add(route.method, route.path, route.answer);
}

void Service::add_own_routes() {
  routes_.add(Method::kPost, "/api/suggest", [this](const Request& request, const Reply& reply) {
    const auto models = this->models();
    reply(suggest(*models, metrics_, request));
    models->recent_texts().trim();
  });
  routes_.add(Method::kPost, "/api/lanes", [this](const Request& request, const Reply& reply) {
    reply(text_lanes(*models(), request));
  });
  routes_.add(Method::kGet, "/api/info", [this](const Request& /*request*/, const Reply& reply) {
    reply(info(*models(), scribe_.get(), options_.most_text_bytes));
  });
  routes_.add(Method::kGet, kSession, [](const Request& /*request*/, const Reply& reply) {
    reply(http::json_error(426, "this is a WebSocket: docs/API.md"));
  });
  routes_.add(Method::kPost, kSignIn, [this](const Request& request, const Reply& reply) {
    reply(sign_in_.answer(request));
  });
}

void Service::add_ledger_routes() {
  add(Method::kGet, "/api/ledger", list_ledger);
  add(Method::kGet, "/api/ledger/stats", ledger_stats);
  add(Method::kPost, "/api/ledger/forget", forget);
  add(Method::kPost, "/api/ledger/undo", undo);
  add(Method::kGet, "/api/ledger/export", export_ledger);
  add(Method::kPost, "/api/ledger/import", import_ledger);
  add(Method::kGet, "/api/ledger/blocks", list_blocks);
  add(Method::kPost, "/api/ledger/blocks", set_block);
}

void Service::add_operators_routes() {
  routes_.add(Method::kGet, "/metrics", [this](const Request& /*request*/, const Reply& reply) {
    Response response = text(200, metrics_.print());
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    reply(std::move(response));
  });
  routes_.add(Method::kGet, "/openapi.json", [](const Request& /*request*/, const Reply& reply) {
    Response response;
    response.body = api_document();
    reply(std::move(response));
  });
  routes_.add(Method::kGet, "/livez",
              [](const Request& /*request*/, const Reply& reply) { reply(text(200, "ok\n")); });
  routes_.add(Method::kGet, "/readyz", [this](const Request& /*request*/, const Reply& reply) {
    reply(draining_ ? text(503, "draining\n") : text(200, "ok\n"));
  });
}

}  // namespace tercet::serve
