// How long a suggestion takes, cold, beside what a cache miss costs on the same bytes and beside
// brute force over the vocabulary. Usage: query_bench MODEL.tct TEXT [--copy]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <numeric>
#include <random>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "model/model_data.h"
#include "os/mapped_file.h"
#include "predict/top_k.h"
#include "tercet/tercet.h"
#include "text/utf8.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kQueries = 100'000;
constexpr std::size_t kBruteForceQueries = 200;
constexpr std::size_t kCount = 10;
constexpr unsigned kSeed = 1;

/// A context of real text, the word that follows and the text before it.
struct Place {
  tercet::State state;
  tercet::WordId next;
};

class Collector final : public tercet::ScoreVisitor {
 public:
  void token(const tercet::ScoredToken& token) override {
    places.push_back({token.state, token.word});
  }
  std::vector<Place> places;
};

/// Percentiles of single calls, in microseconds.
class Latencies {
 public:
  template <class Call>
  void measure(Call&& call) {
    const auto start = Clock::now();
    call();
    times_.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
  }
  double percentile(double share) {
    std::sort(times_.begin(), times_.end());
    return times_[static_cast<std::size_t>(share * static_cast<double>(times_.size() - 1))];
  }
  void print(const char* name, double miss) {
    const double median = percentile(0.5);
    std::printf("%-34s %8.2f %8.2f %8.2f %9.2f %8.1f\n", name, median, percentile(0.9),
                percentile(0.99), percentile(0.999), median / miss);
  }

 private:
  std::vector<double> times_;
};

/// Median microseconds of one dependent random read within `bytes`: what a cache miss costs here.
double miss_latency(std::span<const std::byte> bytes) {
  constexpr std::size_t kReads = 200'000;
  std::uint64_t at = kSeed;
  const auto start = Clock::now();
  for (std::size_t i = 0; i < kReads; ++i) {
    const auto value = tercet::core::load<std::uint8_t>(bytes.data() + at % bytes.size());
    at = (at + value + 1) * 0x9E37'79B9'7F4A'7C15U;
    at ^= at >> 29;
  }
  const double time = std::chrono::duration<double, std::micro>(Clock::now() - start).count();
  if (at == 0) std::puts("");  // Keeps the reads.
  return time / static_cast<double>(kReads);
}

/// The first `letters` code points of the word that really came: what a person would have typed.
tercet::WordRange typed(const tercet::Model& model, const Place& place, int letters) {
  const std::string_view word = model.word(place.next);
  std::size_t end = 0;
  for (int i = 0; i < letters && end < word.size(); ++i) tercet::text::next_code_point(word, end);
  return model.words_with_prefix(word.substr(0, end));
}

double brute_force(const tercet::Model& model, const std::vector<Place>& places) {
  Latencies latencies;
  const auto& ngrams = model.data().ngrams();
  for (std::size_t i = 0; i < std::min(kBruteForceQueries, places.size()); ++i) {
    latencies.measure([&] {
      std::vector<std::pair<std::int32_t, tercet::WordId>> all;
      for (tercet::WordId word = 0; word < model.vocabulary_size(); ++word) {
        std::uint8_t order = 0;
        all.emplace_back(ngrams.cost(places[i].state, word, order), word);
      }
      std::partial_sort(all.begin(), all.begin() + kCount, all.end());
    });
  }
  return latencies.percentile(0.5);
}

void run(const tercet::Model& model, std::vector<Place> places, double miss) {
  std::shuffle(places.begin(), places.end(), std::mt19937(kSeed));
  places.resize(std::min(places.size(), kQueries));
  std::printf("%zu contexts of real text, shuffled; one dependent miss %.3f us\n", places.size(),
              miss);
  std::printf("%-34s %8s %8s %8s %9s %8s\n", "microseconds", "median", "p90", "p99", "p99.9",
              "misses");
  tercet::predict::TopK top_k;
  const char* const names[] = {"top 10, nothing typed", "top 10, 1 letter (look-up included)",
                               "top 10, 2 letters", "top 10, 3 letters"};
  double median = 0;
  for (int letters = 0; letters <= 3; ++letters) {
    Latencies latencies;
    for (const Place& place : places) {
      latencies.measure([&] {
        top_k.search(model.data().ngrams(), place.state, {typed(model, place, letters), nullptr},
                     kCount);
      });
    }
    latencies.print(names[letters], miss);
    if (letters == 0) median = latencies.percentile(0.5);
  }
  Latencies advances;
  for (const Place& place : places)
    advances.measure([&] { (void)model.advance(place.state, place.next); });
  advances.print("advance by one word", miss);
  const double brute = brute_force(model, places);
  std::printf("brute force over %u words: median %.0f us, %.0f times the search\n",
              model.vocabulary_size(), brute, brute / median);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: query_bench MODEL.tct TEXT [--copy]\n");
    return 2;
  }
  tercet::OpenOptions options;
  options.copy_to_memory = argc > 3 && std::strcmp(argv[3], "--copy") == 0;
  const auto model = tercet::Model::open(argv[1], options);
  const auto text = tercet::os::MappedFile::open(argv[2]);
  const auto bytes = tercet::os::MappedFile::open(argv[1]);
  if (!model.ok() || !text.ok() || !bytes.ok()) {
    const std::string& message = !model.ok() ? model.error().message : text.error().message;
    std::fprintf(stderr, "%s\n", message.c_str());
    return 1;
  }
  Collector collector;
  tercet::score_text(*model,
                     {reinterpret_cast<const char*>(text->bytes().data()), text->bytes().size()},
                     collector);
  run(*model, std::move(collector.places), miss_latency(bytes->bytes()));
  return 0;
}
