// Browsers where somebody has given a key. A page can send no header with a WebSocket or a link,
// and what its scripts cannot read, nobody can make them tell: so the browser keeps a cookie.
#ifndef TERCET_HTTP_SIGN_INS_H_
#define TERCET_HTTP_SIGN_INS_H_

#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace tercet::http {

/// The cookie is a random number, not the key: browsers send it to all ports of a host. In memory
/// only, so a new start signs everybody out. Any thread.
class SignIns {
 public:
  /// So many browsers; the one that came first gives way.
  static constexpr std::size_t kMost = 64;

  /// The Set-Cookie header for a browser whose key has this number. `encrypted`: it came by https.
  std::string add(std::size_t key, bool encrypted);
  /// The number of the key that the browser with this Cookie header once gave.
  std::optional<std::size_t> find(std::string_view cookies) const;

 private:
  struct Browser {
    std::string token;
    std::size_t key;
  };

  mutable std::mutex mutex_;
  std::deque<Browser> browsers_;
};

}  // namespace tercet::http

#endif  // TERCET_HTTP_SIGN_INS_H_
