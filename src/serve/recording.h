// A session's writing on its way to the store.
#ifndef TERCET_SERVE_RECORDING_H_
#define TERCET_SERVE_RECORDING_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "http/message.h"
#include "serve/metrics.h"
#include "serve/scribe.h"
#include "tercet/session.h"

namespace tercet::serve {

/// Hands what a session tells to the scribe and lets the client know when it is on the disk, or why
/// it is not ("learnt" and "trouble" of docs/API.md). Made and used by the session's thread; what
/// has been handed over is written even after its end. `scribe` and `metrics` must outlive it.
class Recording final : public SessionObserver {
 public:
  Recording(Scribe& scribe, std::string source, std::shared_ptr<http::Socket> client,
            Metrics& metrics);
  ~Recording() override;
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;

  /// For the scribe: the session remembers this edition. What it writes when the scribe has another
  /// is not kept: it might bring back what was forgotten. The session is about to be renewed.
  void begin(std::uint64_t edition);

  void sentence(std::uint64_t number, std::string_view language,
                std::span<const std::string_view> words) override;
  void doubt(std::string_view word, bool struck) override;

 private:
  struct Desk;  // The scribe's.
  Scribe& scribe_;
  std::shared_ptr<Desk> desk_;
};

}  // namespace tercet::serve

#endif  // TERCET_SERVE_RECORDING_H_
