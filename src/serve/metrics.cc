#include "serve/metrics.h"

#include <fmt/format.h>

#include <iterator>

namespace tercet::serve {
namespace {

void describe(std::string& out, std::string_view name, std::string_view kind,
              std::string_view help) {
  fmt::format_to(std::back_inserter(out), "# HELP {0} {2}\n# TYPE {0} {1}\n", name, kind, help);
}

void number(std::string& out, std::string_view name, std::string_view kind, std::string_view help,
            std::uint64_t value) {
  describe(out, name, kind, help);
  fmt::format_to(std::back_inserter(out), "{} {}\n", name, value);
}

}  // namespace

void Histogram::add(double seconds) noexcept {
  std::size_t bucket = 0;
  while (bucket < kBounds.size() && seconds > kBounds[bucket]) ++bucket;
  counts_[bucket].fetch_add(1, std::memory_order_relaxed);
  nanoseconds_.fetch_add(static_cast<std::uint64_t>(seconds * 1e9), std::memory_order_relaxed);
}

void Histogram::print(std::string_view name, std::string_view labels, std::string& out) const {
  const std::string_view comma = labels.empty() ? "" : ",";
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    sum += counts_[i].load(std::memory_order_relaxed);
    const std::string bound = i < kBounds.size() ? fmt::format("{}", kBounds[i]) : "+Inf";
    fmt::format_to(std::back_inserter(out), "{}_bucket{{{}{}le=\"{}\"}} {}\n", name, labels, comma,
                   bound, sum);
  }
  const std::string braced = labels.empty() ? "" : fmt::format("{{{}}}", labels);
  const double seconds = static_cast<double>(nanoseconds_.load(std::memory_order_relaxed)) * 1e-9;
  fmt::format_to(std::back_inserter(out), "{0}_sum{1} {2}\n{0}_count{1} {3}\n", name, braced,
                 seconds, sum);
}

void Metrics::count(std::string_view route, unsigned status) {
  const std::lock_guard lock(mutex_);
  ++requests_[{std::string(route), status}];
}

std::string Metrics::print() const {
  std::string out;
  describe(out, "tercet_suggestion_seconds", "histogram", "Time to make a list of suggestions.");
  suggestions.print("tercet_suggestion_seconds", "", out);
  number(out, "tercet_sessions_total", "counter", "Typing sessions begun.", sessions);
  number(out, "tercet_picks_total", "counter", "Suggestions picked.", picks);
  number(out, "tercet_words_learnt_total", "counter", "Words put into the store.", words_learnt);
  number(out, "tercet_store_troubles_total", "counter",
         "Times that sessions could not write into the store; they try again.", store_troubles);
  number(out, "tercet_tokens_generated_total", "counter", "Tokens of completions.",
         tokens_generated);
  number(out, "tercet_generations", "gauge", "Continuations that are being made.", generations);
  describe(out, "tercet_requests_total", "counter",
           "Requests answered, by route and status; the page's files have no route.");
  const std::lock_guard lock(mutex_);
  for (const auto& [key, value] : requests_) {
    fmt::format_to(std::back_inserter(out),
                   "tercet_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", key.first,
                   key.second, value);
  }
  return out;
}

}  // namespace tercet::serve
