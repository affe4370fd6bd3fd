// Which handler answers which request.
#ifndef TERCET_HTTP_ROUTES_H_
#define TERCET_HTTP_ROUTES_H_

#include <array>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/json_error.h"
#include "http/message.h"

namespace tercet::http {

/// Filled once, then asked by any thread.
class RouteTable {
 public:
  using Handler = std::function<void(const Request&, Reply)>;

  /// For this path, or, if it ends in '/', for all below it that have no longer route; "/" itself
  /// is thus for all. kGet answers HEAD, too, where nothing else does.
  void add(Method method, std::string path, Handler handler);

  /// The path by which a request for this one is routed; empty if there is none.
  std::string_view route_of(std::string_view path) const;
  /// All that was added, by path.
  std::vector<std::pair<Method, std::string_view>> all() const;

  /// Of what no handler is for: 404; 405 with Allow, where there are handlers for other methods; an
  /// OPTIONS gets Allow.
  void answer(const Request& request, Reply reply) const;

 private:
  using Handlers = std::array<Handler, static_cast<std::size_t>(Method::kOther) + 1>;

  using Routes = std::map<std::string, Handlers, std::less<>>;

  Routes::const_iterator find(std::string_view path) const;

  Routes routes_;
};

}  // namespace tercet::http

#endif  // TERCET_HTTP_ROUTES_H_
