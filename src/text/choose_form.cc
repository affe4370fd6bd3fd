#include "text/fold.h"
#include "text/forms.h"
#include "text/utf8.h"

namespace tercet::text {
namespace {

// The lower-case spelling that a person is typing is believed if it is no rarer than this part of
// the most frequent spelling: "may" beside May, but not "nasa" beside NASA.
constexpr std::uint64_t kBelievable = 3;

bool is_heavier(const Form& a, const Form& b) noexcept {
  if (a.count_inside != b.count_inside) return a.count_inside > b.count_inside;
  return a.count_initial > b.count_initial;
}

bool has_yo(std::string_view text) noexcept {
  return text.find("ё") != std::string_view::npos || text.find("Ё") != std::string_view::npos;
}

bool starts_with(std::string_view text, std::string_view prefix) noexcept {
  return text.substr(0, prefix.size()) == prefix;
}

// One choice. Candidate spellings are written at the end of `out`, behind `begin_`, looked at
// there, and taken away again if they will not do: that way nothing else needs memory.
class Choice {
 public:
  Choice(std::string_view folded, std::string_view blob, const FormRequest& request,
         const Language& language, std::string& out)
      : folded_(folded), request_(request), language_(language), out_(out), begin_(out.size()) {
    for (const Form& form : FormsView(blob)) add_if_sound(form);
    if (size_ == 0) size_ = 1;  // the folded word itself
  }

  void run() {
    const std::size_t matched = match_folded(request_.typed, folded_, language_);
    const bool usable = matched != std::string_view::npos && !request_.typed.empty();
    typed_ = usable ? request_.typed : std::string_view();
    folded_prefix_ = folded_.substr(0, usable ? matched : 0);
    if (is_lazy()) {
      write(lazy_form());
      capitalise_at_start();
    } else if (as_stored() || in_typed_pattern()) {
      capitalise_at_start();
    } else {
      overlay();
    }
  }

 private:
  std::string_view written() const noexcept { return std::string_view(out_).substr(begin_); }

  void erase() { out_.resize(begin_); }

  void write(const Form& form) {
    erase();
    append_spelling(folded_, form, out_);
  }

  // Blobs come from files: a spelling of another word, or no UTF-8 at all, is passed over. The
  // rest is put in order, heaviest first.
  void add_if_sound(const Form& form) {
    write(form);
    const bool sound = match_folded(written(), folded_, language_) == folded_.size();
    erase();
    if (!sound) return;
    std::size_t at = size_++;
    for (; at > 0 && is_heavier(form, forms_[at - 1]); --at) forms_[at] = forms_[at - 1];
    forms_[at] = form;
  }

  // Nothing deliberate has been typed: no capital, except one that a sentence's beginning asks for
  // anyway, and no letter that folding would change.
  bool is_lazy() {
    if (typed_ == folded_prefix_) return true;
    if (!request_.sentence_start || case_pattern(typed_) != CasePattern::kCapitalised) return false;
    append_lower(typed_, out_);
    const bool lazy = written() == folded_prefix_;
    erase();
    return lazy;
  }

  // The most frequent form, or one that begins as typed and is not much rarer.
  const Form& lazy_form() {
    const Form& top = forms_[0];
    for (std::size_t i = 0; i < size_; ++i) {
      write(forms_[i]);
      const bool believable = kBelievable * forms_[i].count_inside >= top.count_inside;
      if (believable && starts_with(written(), folded_prefix_)) return forms_[i];
    }
    return top;
  }

  bool as_stored() {
    for (std::size_t i = 0; i < size_; ++i) {
      write(forms_[i]);
      if (starts_with(written(), typed_)) return true;
    }
    return false;
  }

  bool in_typed_pattern() {
    for (std::size_t i = 0; i < size_; ++i) {
      write_in_typed_pattern(forms_[i]);
      if (starts_with(written(), typed_)) return true;
    }
    return false;
  }

  void write_in_typed_pattern(const Form& form) {
    erase();
    const std::string_view base = form.text.empty() ? folded_ : form.text;
    switch (case_pattern(typed_)) {
      case CasePattern::kUpper:
        return append_upper(base, out_);
      case CasePattern::kCapitalised:
        append_lower(base, out_);
        return capitalise();
      case CasePattern::kLower:
      case CasePattern::kMixed:
        return append_lower(base, out_);
    }
  }

  // No spelling begins as typed: what was typed stands, and the rest of the likeliest spelling
  // follows; without it where the two do not fit together.
  void overlay() {
    write_in_typed_pattern(forms_[0]);
    std::size_t split = 0;  // of what is written: its part that folds to what was typed
    std::size_t folded = 0;
    while (folded < folded_prefix_.size() && split < written().size()) {
      split += decode(written(), split).size;
      folded = match_folded(written().substr(0, split), folded_, language_);
    }
    if (folded != folded_prefix_.size()) return;
    // A letter, unlike a capital or an apostrophe, is not taken over: no "всёгда" after "всё".
    if (has_yo(typed_) && !has_yo(written().substr(0, split))) return;
    out_.replace(begin_, split, typed_);
    if (match_folded(written(), folded_, language_) == folded_.size()) return;
    write_in_typed_pattern(forms_[0]);
  }

  void capitalise_at_start() {
    if (request_.sentence_start && case_pattern(written()) == CasePattern::kLower) capitalise();
  }

  // Doubles what is written behind itself, capitalised, and takes the first half away.
  void capitalise() {
    const std::size_t size = out_.size() - begin_;
    out_.reserve(out_.size() + size + 4);  // append_capitalised() reads what it appends to
    append_capitalised(std::string_view(out_).substr(begin_, size), out_);
    out_.erase(begin_, size);
  }

  std::string_view folded_;
  const FormRequest& request_;
  const Language& language_;
  std::string& out_;
  std::size_t begin_;
  std::array<Form, kMaxForms> forms_;
  std::size_t size_ = 0;
  std::string_view typed_;          // what counts of request_.typed
  std::string_view folded_prefix_;  // what it folds to
};

}  // namespace

void choose_form(std::string_view folded, std::string_view blob, const FormRequest& request,
                 const Language& language, std::string& out) {
  Choice(folded, blob, request, language, out).run();
}

}  // namespace tercet::text
