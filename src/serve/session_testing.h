// Help for tests: a page that writes, and a scribe that waits.
#ifndef TERCET_SERVE_SESSION_TESTING_H_
#define TERCET_SERVE_SESSION_TESTING_H_

#include <algorithm>
#include <deque>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "serve/clock.h"
#include "serve/socket_testing.h"
#include "serve/testing.h"
#include "serve/typing_session.h"

namespace tercet::serve::testing {

inline bool holds(const std::vector<std::string>& texts, std::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

/// Words that were offered at the letter before are offered again.
inline constexpr const char* kReoffer = R"({"type":"open","options":{"reoffer":true}})";

/// One who writes, and what the server says to them.
class Page {
 public:
  explicit Page(Scribe* scribe = nullptr, const Models& known = models())
      : session_(std::make_unique<TypingSession>(socket, known.repertoire(), scribe, metrics)) {}

  void say(std::string_view message) { session_->message(message); }
  json::Value ask(std::string_view message, std::string_view type = "offers") {
    say(message);
    return socket->take(type);
  }
  /// Key by key, as a page does; what is offered last.
  json::Value write(std::string_view text) {
    json::Value offers;
    for (const char key : text)
      offers = ask(std::string(R"({"type":"edit","insert":")") + key + "\"}");
    return offers;
  }
  void leave() {
    socket->close();
    session_.reset();
  }

  Metrics& metrics = fresh_metrics();
  std::shared_ptr<TestSocket> socket = std::make_shared<TestSocket>();

 private:
  /// They must outlive every scribe.
  static Metrics& fresh_metrics() {
    static std::deque<Metrics> kept;
    return kept.emplace_back();
  }

  std::unique_ptr<TypingSession> session_;
};

/// Keeps the scribe from all that comes later until it is told to go on.
class Pause {
 public:
  explicit Pause(Scribe& scribe) {
    scribe.ask([over = over_.get_future().share()](Store& /*store*/) { over.wait(); });
  }
  ~Pause() { over_.set_value(); }
  Pause(const Pause&) = delete;
  Pause& operator=(const Pause&) = delete;

 private:
  std::promise<void> over_;
};

}  // namespace tercet::serve::testing

#endif  // TERCET_SERVE_SESSION_TESTING_H_
