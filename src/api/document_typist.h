// The simulated person of docs/METRIC.md, writing whole documents with a model.
#ifndef TERCET_API_DOCUMENT_TYPIST_H_
#define TERCET_API_DOCUMENT_TYPIST_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lanes/fit.h"
#include "measure/tally.h"
#include "measure/typing.h"
#include "predict/lane_model.h"
#include "predict/mixture.h"
#include "predict/posterior_search.h"
#include "predict/top_k.h"
#include "session/lexicon.h"
#include "session/voice.h"
#include "tercet/evaluate.h"
#include "tercet/model.h"
#include "tercet/predictor.h"

namespace tercet::api {

/// What is absent leaves its share to the background model.
session::VoiceOptions voice_options(const Additions& additions, const Weights* tuned);

/// Ranks words by how well they fit the text so far, too.
class TextFit {
 public:
  explicit TextFit(const predict::LaneModel& model)
      : model_(model), fit_(model.table()), posterior_(model) {}
  TextFit(const TextFit&) = delete;
  TextFit& operator=(const TextFit&) = delete;

  void push(WordId word) { fit_.push(model_.table().class_of(word)); }
  void look(const predict::Mixture& mixture) { posterior_.look(mixture, mixture.place(), fit_); }
  predict::PosteriorSearch& posterior() noexcept { return posterior_; }

 private:
  const predict::LaneModel& model_;
  lanes::Fit fit_;
  predict::PosteriorSearch posterior_;
};

/// Types documents one after the other and adds up what that takes. One thread; the arguments of
/// the constructor must outlive it.
class DocumentTypist final : private ScoreVisitor {
 public:
  /// Without `lanes`, `additions.fit` does nothing.
  DocumentTypist(std::shared_ptr<const session::Lexicon> lexicon, const predict::LaneModel* lanes,
                 const EvaluateOptions& options, const Additions& additions);

  /// Learns what is remembered and the lines `learnt`, then types the lines `text`, at most
  /// `most_words` words of them, into `document`.
  void type(std::string_view learnt, std::string_view text, std::uint64_t most_words,
            measure::Document& document);

  /// How long each list took.
  const std::vector<float>& microseconds() const noexcept { return microseconds_; }

 private:
  void token(const ScoredToken& token) override;
  void learn(const ScoredToken& token);
  bool add_score(const ScoredToken& token, WordId id);
  void look_ahead(WordId id);
  void type_word(const ScoredToken& token, WordId id, bool known);
  void make_list(std::string_view prefix, std::size_t count);
  std::string_view spelling(WordId id) const;

  const std::shared_ptr<const session::Lexicon> lexicon_;
  const predict::LaneModel* const lanes_;
  const EvaluateOptions& options_;
  const Additions additions_;
  measure::Typist typist_;
  predict::TopK top_k_;
  std::vector<predict::Weighed> weighed_;  ///< The list that was made last,
  std::vector<std::string_view> listed_;   ///< and its words.
  std::vector<float> microseconds_;

  // Of the document at hand.
  measure::Document* document_ = nullptr;
  std::uint64_t most_words_ = 0;
  std::uint64_t written_ = 0;  ///< Words so far, learnt ones among them.
  bool measuring_ = true;
  State state_;                          ///< Before the token at hand.
  std::optional<session::Voice> voice_;  ///< Unless the background model stands alone.
  std::optional<TextFit> fit_;           ///< If it counts.
  bool sentence_begins_ = true;
  std::vector<std::string> sentence_;  ///< Being learnt.
};

}  // namespace tercet::api

#endif  // TERCET_API_DOCUMENT_TYPIST_H_
