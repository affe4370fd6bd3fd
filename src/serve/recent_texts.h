// Texts that were read a moment ago.
#ifndef TERCET_SERVE_RECENT_TEXTS_H_
#define TERCET_SERVE_RECENT_TEXTS_H_

#include <cstddef>
#include <list>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tercet/session.h"

namespace tercet::serve {

/// What a text is read for.
struct Reading {
  std::vector<std::string> languages;  ///< As Repertoire::only() takes them.
  SessionOptions options;              ///< Without weights and observer.
  Session session;                     ///< Has read a text, and nothing else.
};

/// Sessions that have read texts, as many as stay small. A client that asks with every key sends a
/// text that goes on from the one before: it is read from there. Thread-safe.
class RecentTexts {
 public:
  /// All texts together; a session takes some 1000 bytes of memory for each 6 of them.
  static constexpr std::size_t kMostBytes = 256UL * 1024;
  static constexpr std::size_t kMostTexts = 64;

  /// A reading made for the same, of the longest text that `text` begins with; it is the caller's
  /// until it is given back. Otherwise a new one, made of `repertoire`.
  Result<Reading> take(const Repertoire& repertoire, std::span<const std::string> languages,
                       const SessionOptions& options, std::string_view text);
  void give_back(Reading reading);
  /// Drops what is too much, for when nobody waits: it takes longer than all else here.
  void trim();

 private:
  std::mutex mutex_;
  std::list<Reading> readings_;  // The latest first.
  std::size_t bytes_ = 0;
};

}  // namespace tercet::serve

#endif  // TERCET_SERVE_RECENT_TEXTS_H_
