#include "session/personal_forms.h"

#include <algorithm>
#include <limits>
#include <span>

#include "text/case_pattern.h"

namespace tercet::session {
namespace {

using text::CasePattern;
using text::SurfaceForm;

constexpr std::uint32_t kLeastWritten = 2;

// So many times as frequent as the model's first spelling the person's is made: enough for
// choose_form() not to believe that small letters typed lazily mean another one, too little for
// encode_forms() to drop the model's other spellings as noise.
constexpr std::uint32_t kLead = 4;
constexpr std::uint32_t kMostCount = std::numeric_limits<std::uint32_t>::max() / (kLead + 1);

std::uint32_t& count_of(SurfaceForm& form, bool first_word) noexcept {
  return first_word ? form.count_initial : form.count_inside;
}

std::vector<SurfaceForm>::iterator find(std::vector<SurfaceForm>& forms, std::string_view surface) {
  return std::find_if(forms.begin(), forms.end(),
                      [&](const SurfaceForm& form) { return form.text == surface; });
}

std::vector<SurfaceForm> decoded(std::string_view folded, std::string_view blob) {
  std::vector<SurfaceForm> forms;
  for (const text::Form& form : text::FormsView(blob)) {
    forms.push_back({{}, form.count_inside, form.count_initial});
    text::append_spelling(folded, form, forms.back().text);
  }
  if (forms.empty()) forms.push_back({std::string(folded), 1, 0});
  return forms;
}

bool knows_capitals(std::string_view blob) noexcept {
  const text::FormsView forms(blob);
  return std::any_of(forms.begin(), forms.end(),
                     [](const text::Form& form) { return form.pattern == CasePattern::kUpper; });
}

// The spelling that leads, or nullptr.
const SurfaceForm* leader(std::span<const SurfaceForm> forms, bool may_be_capitals) {
  const SurfaceForm* most = nullptr;
  bool is_tie = false;
  for (const SurfaceForm& form : forms) {
    if (!may_be_capitals && text::case_pattern(form.text) == CasePattern::kUpper) continue;
    const std::uint32_t best = most == nullptr ? 0 : most->count_inside;
    if (form.count_inside < best) continue;
    is_tie = form.count_inside == best;
    most = &form;
  }
  return most == nullptr || is_tie || most->count_inside < kLeastWritten ? nullptr : most;
}

}  // namespace

void PersonalForms::add(WordId word, std::string_view surface, bool first_word) {
  std::vector<SurfaceForm>& forms = words_[word];
  auto form = find(forms, surface);
  if (form == forms.end()) form = forms.insert(form, {std::string(surface), 0, 0});
  ++count_of(*form, first_word);
}

bool PersonalForms::take_back(WordId word, std::string_view surface, bool first_word) {
  const auto written = words_.find(word);
  if (written == words_.end()) return false;
  std::vector<SurfaceForm>& forms = written->second;
  const auto form = find(forms, surface);
  if (form == forms.end() || count_of(*form, first_word) == 0) return false;
  --count_of(*form, first_word);
  if (form->count_inside == 0 && form->count_initial == 0) forms.erase(form);
  if (forms.empty()) words_.erase(written);
  return true;
}

std::string_view PersonalForms::of_known(WordId word, std::string_view folded,
                                         std::string_view model_forms, std::string& buffer) const {
  const auto written = words_.find(word);
  if (written == words_.end()) return model_forms;
  const bool may_be_capitals = knows_capitals(model_forms);
  const SurfaceForm* const lead = leader(written->second, may_be_capitals);
  if (lead == nullptr) return model_forms;
  std::vector<SurfaceForm> forms = decoded(folded, model_forms);
  if (forms.front().text == lead->text) return model_forms;
  const std::uint32_t top = std::clamp<std::uint32_t>(forms.front().count_inside, 1, kMostCount);
  for (SurfaceForm& form : forms) form.count_inside = std::min(form.count_inside, top);
  for (const SurfaceForm& form : written->second) {
    if (!may_be_capitals && text::case_pattern(form.text) == CasePattern::kUpper) continue;
    const std::uint64_t scaled =
        std::uint64_t{kLead} * top * form.count_inside / lead->count_inside;
    forms.push_back({form.text, static_cast<std::uint32_t>(scaled), 0});
  }
  buffer = text::encode_forms(folded, forms);
  return buffer;
}

std::string_view PersonalForms::of_own(WordId word, std::string_view folded,
                                       std::string& buffer) const {
  buffer.clear();
  const auto written = words_.find(word);
  if (written != words_.end()) buffer = text::encode_forms(folded, written->second);
  return buffer;
}

}  // namespace tercet::session
