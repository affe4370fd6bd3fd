// How this person spells words.
#ifndef TERCET_SESSION_PERSONAL_FORMS_H_
#define TERCET_SESSION_PERSONAL_FORMS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tercet/model.h"
#include "text/forms.h"

namespace tercet::session {

/// Counts of the spellings that a person wrote for each word, whose folded text the caller keeps.
/// What is asked for are blobs for text::choose_form(). One thread may change it while nobody
/// reads.
class PersonalForms {
 public:
  /// The person wrote `word` as `surface`, as a sentence's first word or inside one.
  void add(WordId word, std::string_view surface, bool first_word);

  /// Undoes one such add(); everything is as if it had never been. False, and nothing changed, if
  /// there is none to undo.
  bool take_back(WordId word, std::string_view surface, bool first_word);

  /// For a word of a vocabulary, whose own blob is `model_forms`. The person's spelling leads if
  /// they wrote it twice or more inside sentences and more often than any other; it may be all
  /// capitals only where the model knows it so: elsewhere they are emphasis. The result is
  /// `model_forms` itself, or lies in `buffer`.
  std::string_view of_known(WordId word, std::string_view folded, std::string_view model_forms,
                            std::string& buffer) const;

  /// For a word that only the person knows: as they wrote it inside sentences, if they did. The
  /// result lies in `buffer`.
  std::string_view of_own(WordId word, std::string_view folded, std::string& buffer) const;

 private:
  std::unordered_map<WordId, std::vector<text::SurfaceForm>> words_;
};

}  // namespace tercet::session

#endif  // TERCET_SESSION_PERSONAL_FORMS_H_
