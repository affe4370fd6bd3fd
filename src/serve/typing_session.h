// A person who writes over a WebSocket: /api/session of docs/API.md.
#ifndef TERCET_SERVE_TYPING_SESSION_H_
#define TERCET_SERVE_TYPING_SESSION_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.h"
#include "json/value.h"
#include "serve/metrics.h"
#include "serve/recording.h"
#include "serve/scribe.h"
#include "tercet/session.h"

namespace tercet::serve {

/// One thread, that of its socket. `scribe` (null: nobody is remembered) and `metrics` must outlive
/// it.
class TypingSession final : public http::SocketHandler {
 public:
  TypingSession(std::shared_ptr<http::Socket> client, Repertoire repertoire, Scribe* scribe,
                Metrics& metrics);

  void message(std::string_view text) override;

 private:
  /// A session and what it tells.
  struct Writer {
    Writer(std::unique_ptr<Recording> told, Session made)
        : recording(std::move(told)), session(std::move(made)) {}
    std::unique_ptr<Recording> recording;  // None: nothing is learnt for good.
    Session session;
    std::uint64_t edition = 0;  // Of what it remembers.
  };
  struct Options {
    SessionOptions session;
    std::vector<std::string> languages;
    std::string source = "page";
    bool learns = true;
  };

  void act(const json::Value& request);
  void open(const json::Value& request);
  void begin(std::optional<std::int64_t> id);
  void begun(std::shared_ptr<Writer> writer, std::optional<std::int64_t> id);
  void renew();
  void update(const json::Value& request);
  void edit(const json::Value& request);
  void type(const json::Value& request);
  void pick(const json::Value& request);
  void initials(const json::Value& request);
  void branch(const json::Value& request);
  void dial(const json::Value& request);

  void change_to(const std::string& before, bool pasted);
  void answer(std::string_view before = {}, const Edit* edit = nullptr);
  void refuse(const std::string& message);

  const std::shared_ptr<http::Socket> client_;
  const Repertoire repertoire_;
  Scribe* const scribe_;
  Metrics& metrics_;

  Options options_;
  std::shared_ptr<Writer> writer_;    // None before "open", and while the scribe reads for it.
  bool opening_ = false;              // The scribe does.
  bool offered_ = false;              // The client has seen what this writer offers.
  std::string before_;                // What the writer to come begins with,
  std::string after_;                 // and what stands behind the caret now.
  std::vector<std::string> waiting_;  // Messages that came meanwhile.
  std::size_t waiting_bytes_ = 0;
  std::int64_t id_ = 0;       // Of the message at hand.
  std::size_t initials_ = 1;  // Phrases of initials asked for last.
};

}  // namespace tercet::serve

#endif  // TERCET_SERVE_TYPING_SESSION_H_
