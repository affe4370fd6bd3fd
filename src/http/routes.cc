#include "http/routes.h"

#include <cstddef>
#include <utility>

namespace tercet::http {
namespace {

constexpr std::array<std::string_view, 6> kNames = {"GET", "HEAD",   "POST",
                                                    "PUT", "DELETE", "OPTIONS"};

std::size_t index_of(Method method) { return static_cast<std::size_t>(method); }

const RouteTable::Handler& handler_for(const auto& handlers, Method method) {
  const auto& own = handlers[index_of(method)];
  return own || method != Method::kHead ? own : handlers[index_of(Method::kGet)];
}

std::string allowed(const auto& handlers) {
  std::string names;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    const auto method = static_cast<Method>(i);
    if (method != Method::kOptions && !handler_for(handlers, method)) continue;
    if (!names.empty()) names += ", ";
    names += kNames[i];
  }
  return names;
}

}  // namespace

void RouteTable::add(Method method, std::string path, Handler handler) {
  routes_[std::move(path)][index_of(method)] = std::move(handler);
}

RouteTable::Routes::const_iterator RouteTable::find(std::string_view path) const {
  auto found = routes_.find(path);
  while (found == routes_.end() && path.size() > 1) {
    // The folder that this is in.
    path = path.substr(0, path.find_last_of('/', path.size() - 2) + 1);
    found = routes_.find(path);
  }
  return found;
}

std::string_view RouteTable::route_of(std::string_view path) const {
  const auto found = find(path);
  return found == routes_.end() ? std::string_view() : found->first;
}

std::vector<std::pair<Method, std::string_view>> RouteTable::all() const {
  std::vector<std::pair<Method, std::string_view>> out;
  for (const auto& [path, handlers] : routes_) {
    for (std::size_t i = 0; i < handlers.size(); ++i) {
      if (handlers[i]) out.emplace_back(static_cast<Method>(i), path);
    }
  }
  return out;
}

void RouteTable::answer(const Request& request, Reply reply) const {
  const auto found = find(request.path);
  if (found == routes_.end()) return reply(json_error(404, "there is nothing at this path"));
  const Handlers& handlers = found->second;
  if (const Handler& handler = handler_for(handlers, request.method))
    return handler(request, std::move(reply));
  Response response;
  if (request.method == Method::kOptions) {
    response.status = 204;
  } else {
    response = json_error(405, "this path has other methods: " + allowed(handlers));
  }
  response.headers.emplace_back("Allow", allowed(handlers));
  reply(std::move(response));
}

}  // namespace tercet::http
