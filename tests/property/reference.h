// Every smoothing method once more, slowly: maps of n-grams and the formulas of the papers, in
// doubles. Shares nothing with src/.
#ifndef TERCET_TESTS_PROPERTY_REFERENCE_H_
#define TERCET_TESTS_PROPERTY_REFERENCE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "tercet/model.h"
#include "tercet/train.h"
#include "training.h"

namespace tercet::testing {

class Reference {
 public:
  Reference(const Corpus& corpus, const TrainOptions& options);

  /// Vocabulary entries from id kFirstWord on.
  const std::vector<std::string>& words() const { return words_; }
  std::uint32_t vocabulary_size() const;
  /// Kept n-grams of each order.
  std::vector<std::uint64_t> ngrams() const;

  /// p(word | history), and the length of the longest kept n-gram that ends the two.
  double probability(std::span<const WordId> history, WordId word) const;
  std::uint32_t order(std::span<const WordId> history, WordId word) const;

 private:
  using Gram = std::vector<WordId>;
  struct Count {
    std::uint64_t raw = 0;
    std::set<WordId> before;
  };
  struct Context {
    std::map<WordId, std::uint64_t> kept;  ///< Successors and their counts.
    std::uint64_t dropped = 0;             ///< Sum of the counts of the others.
    std::uint64_t total = 0;
    std::uint64_t types = 0;
    double scale = 0;
    double weight = 0;  ///< Of the order below.
  };

  void number_words(const Corpus& corpus);
  void count(const Corpus& corpus);
  std::uint64_t value(const Gram& gram, const Count& count) const;
  bool kept(const Gram& gram, const Count& count) const;
  void collect_contexts();
  void set_discounts(std::size_t n);
  void set_kneser_ney(std::size_t n, bool modified);
  void set_katz(std::size_t n);
  double discount(std::size_t n, std::uint64_t count) const;
  void finish(std::size_t n, const Gram& gram, Context& context);
  double scale_of(std::size_t n, const Context& context) const;
  void fit_weights(std::size_t n);
  double lower(const Gram& gram, WordId word) const;
  const Context* find(std::span<const WordId> gram) const;

  TrainOptions options_;
  std::vector<std::string> words_;
  std::map<std::string, WordId> ids_;
  std::vector<std::map<Gram, Count>> grams_;       ///< By order - 1.
  std::vector<std::map<Gram, Context>> contexts_;  ///< By length.
  std::vector<std::array<std::uint64_t, 10>> counts_of_counts_;
  std::vector<std::array<double, 7>> discounts_;  ///< The last one holds for 6 and more.
  std::vector<std::map<int, double>> weights_;    ///< Jelinek-Mercer's, by bit width of the total.
};

}  // namespace tercet::testing

#endif  // TERCET_TESTS_PROPERTY_REFERENCE_H_
