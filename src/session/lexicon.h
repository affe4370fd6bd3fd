// What all sessions share of one model: which words may be offered, and where they are found.
#ifndef TERCET_SESSION_LEXICON_H_
#define TERCET_SESSION_LEXICON_H_

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "model/model_data.h"
#include "predict/lane_model.h"
#include "predict/prefix_tree.h"
#include "predict/top_k.h"
#include "session/block_list.h"
#include "tercet/error.h"
#include "tercet/model.h"
#include "text/language.h"
#include "text/script.h"

namespace tercet::session {

/// Immutable; thread-safe.
class Lexicon {
 public:
  /// `blocks`: entries laid over the shipped block list of the model's language.
  static Result<std::shared_ptr<const Lexicon>> make(Model model, std::string_view blocks,
                                                     std::string_view blocks_name);

  const Model& model() const noexcept { return model_; }
  const internal::ModelData& data() const noexcept { return model_.data(); }
  const text::Language& language() const noexcept { return language_; }
  const predict::PrefixTree& tree() const noexcept { return tree_; }
  /// Special words and signs, which are never offered.
  const predict::WordSet& signs() const noexcept { return signs_; }
  /// These, and the words of the block lists.
  const BlockedWords& hidden() const noexcept { return hidden_; }

  /// nullptr if the model was trained without lanes.
  const predict::LaneModel* lanes() const noexcept { return lanes_ ? &*lanes_ : nullptr; }

  /// Replaces `out` by the word as the vocabulary spells it.
  void fold(std::string_view surface, std::string& out) const;
  /// The share of the vocabulary that is written in this word's script.
  double share_of_script(std::string_view word) const noexcept;

 private:
  Lexicon(Model model, std::optional<predict::LaneModel> lanes, const BlockList& blocks);

  Model model_;
  const text::Language& language_;
  predict::PrefixTree tree_;
  predict::WordSet signs_;
  BlockedWords hidden_;
  std::optional<predict::LaneModel> lanes_;
  std::array<double, text::kScripts> scripts_{};
};

/// Whether a token can be offered: it begins with a letter or a digit.
bool is_word(std::string_view token) noexcept;

}  // namespace tercet::session

#endif  // TERCET_SESSION_LEXICON_H_
