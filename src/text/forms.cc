#include "text/forms.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "text/char_class.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace tercet::text {
namespace {

// A form rarer than one in this many of the most frequent one is noise: slips and shouting.
constexpr std::uint64_t kRareForm = 20;
constexpr char32_t kAcute = 0x301;  // the stress mark

std::uint32_t add_saturated(std::uint32_t a, std::uint32_t b) noexcept {
  return b > std::numeric_limits<std::uint32_t>::max() - a
             ? std::numeric_limits<std::uint32_t>::max()
             : a + b;
}

// The spelling without what is typography and not spelling: soft hyphens, kinds of apostrophe and
// hyphen, and stress marks where the folded word has none.
std::string tidy(std::string_view spelling, bool keeps_accents) {
  const CharClasses& classes = CharClasses::get();
  std::string out;
  for (std::size_t at = 0; at < spelling.size();) {
    const char32_t c = next_code_point(spelling, at);
    const CharClass c_class = classes.of(c);
    const bool typography = c_class == CharClass::kApostrophe || c_class == CharClass::kHyphen ||
                            c_class == CharClass::kIgnorable;
    const char32_t tidied = typography ? fold_code_point(c, language("")) : c;
    if (tidied != kDropped && (keeps_accents || c != kAcute)) append_code_point(tidied, out);
  }
  return out;
}

void add_form(std::vector<SurfaceForm>& forms, SurfaceForm form) {
  const auto same = std::find_if(forms.begin(), forms.end(),
                                 [&](const SurfaceForm& known) { return known.text == form.text; });
  if (same == forms.end()) {
    forms.push_back(std::move(form));
    return;
  }
  same->count_inside = add_saturated(same->count_inside, form.count_inside);
  same->count_initial = add_saturated(same->count_initial, form.count_initial);
}

std::vector<SurfaceForm> merge(std::string_view folded, std::span<const SurfaceForm> forms) {
  const bool keeps_accents = folded.find("\xCC\x81") != std::string_view::npos;
  std::vector<SurfaceForm> merged;
  for (const SurfaceForm& form : forms) {
    add_form(merged, {tidy(form.text, keeps_accents), form.count_inside, form.count_initial});
  }
  return merged;
}

// A capital that was only ever seen at the beginning of sentences says nothing: those spellings
// count as their lower-case twins.
void decapitalise_initial_forms(std::vector<SurfaceForm>& forms) {
  const bool seen_inside = std::any_of(
      forms.begin(), forms.end(), [](const SurfaceForm& form) { return form.count_inside > 0; });
  if (seen_inside) return;
  std::vector<SurfaceForm> out;
  for (SurfaceForm& form : forms) {
    if (case_pattern(form.text) == CasePattern::kCapitalised) {
      std::string lower;
      append_lower(form.text, lower);
      form.text.swap(lower);
    }
    add_form(out, std::move(form));
  }
  forms.swap(out);
}

bool is_heavier(const SurfaceForm& a, const SurfaceForm& b) noexcept {
  if (a.count_inside != b.count_inside) return a.count_inside > b.count_inside;
  if (a.count_initial != b.count_initial) return a.count_initial > b.count_initial;
  return a.text < b.text;
}

// Keeps, heaviest first, what is not noise beside the heaviest form.
void keep_what_matters(std::vector<SurfaceForm>& forms) {
  std::sort(forms.begin(), forms.end(), is_heavier);
  const SurfaceForm& top = forms.front();
  const auto is_noise = [inside = top.count_inside,
                         initial = top.count_initial](const SurfaceForm& form) {
    if (inside > 0) return form.count_inside * kRareForm < inside;
    return form.count_initial * kRareForm < initial;
  };
  forms.erase(std::find_if(forms.begin() + 1, forms.end(), is_noise), forms.end());
  if (forms.size() > kMaxForms) forms.resize(kMaxForms);
}

void append_varint(std::uint32_t value, std::string& out) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>((value & 0x7FU) | 0x80U));
    value >>= 7U;
  }
  out.push_back(static_cast<char>(value));
}

void append_form(std::string_view folded, const SurfaceForm& form, std::string& blob) {
  const CasePattern pattern = case_pattern(form.text);
  Form implied;
  implied.pattern = pattern;
  std::string spelling;
  append_spelling(folded, implied, spelling);
  const bool is_implied = pattern != CasePattern::kMixed && spelling == form.text;
  blob.push_back(static_cast<char>(is_implied ? pattern : CasePattern::kMixed));
  if (!is_implied) {
    append_varint(static_cast<std::uint32_t>(form.text.size()), blob);
    blob.append(form.text);
  }
  append_varint(form.count_inside, blob);
  append_varint(form.count_initial, blob);
}

// Takes values off the front of a blob; once one is not there, fails for good.
class BlobReader {
 public:
  explicit BlobReader(std::string_view blob) noexcept : rest_(blob) {}

  bool ok() const noexcept { return ok_; }
  bool at_end() const noexcept { return rest_.empty(); }

  unsigned char byte() noexcept {
    ok_ = ok_ && !rest_.empty();
    if (!ok_) return 0;
    const auto value = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }

  std::uint32_t varint() noexcept {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
      const unsigned char next = byte();
      value |= static_cast<std::uint64_t>(next & 0x7FU) << shift;
      if ((next & 0x80U) == 0) break;
      ok_ = ok_ && shift < 28;
    }
    ok_ = ok_ && value <= std::numeric_limits<std::uint32_t>::max();
    return ok_ ? static_cast<std::uint32_t>(value) : 0;
  }

  std::string_view text(std::uint32_t size) noexcept {
    ok_ = ok_ && size <= rest_.size();
    if (!ok_) return {};
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

Form read_form(BlobReader& reader) noexcept {
  Form form;
  const unsigned char pattern = reader.byte();
  if (pattern < static_cast<unsigned char>(CasePattern::kMixed)) {
    form.pattern = static_cast<CasePattern>(pattern);
  } else {
    form.text = reader.text(reader.varint());
    form.pattern = case_pattern(form.text);
  }
  form.count_inside = reader.varint();
  form.count_initial = reader.varint();
  return form;
}

}  // namespace

std::string encode_forms(std::string_view folded, std::span<const SurfaceForm> forms) {
  std::string blob;
  std::vector<SurfaceForm> kept = merge(folded, forms);
  if (kept.empty()) return blob;
  decapitalise_initial_forms(kept);
  keep_what_matters(kept);
  if (kept.size() == 1 && kept.front().text == folded) return blob;
  for (const SurfaceForm& form : kept) append_form(folded, form, blob);
  return blob;
}

void append_spelling(std::string_view folded, const Form& form, std::string& out) {
  if (!form.text.empty()) {
    out.append(form.text);
  } else if (form.pattern == CasePattern::kUpper) {
    append_upper(folded, out);
  } else if (form.pattern == CasePattern::kCapitalised) {
    append_capitalised(folded, out);
  } else {
    out.append(folded);
  }
}

FormsView::FormsView(std::string_view blob) noexcept {
  BlobReader reader(blob);
  while (size_ < kMaxForms && !reader.at_end()) {
    const Form form = read_form(reader);
    if (!reader.ok()) return;
    forms_[size_++] = form;
  }
}

}  // namespace tercet::text
