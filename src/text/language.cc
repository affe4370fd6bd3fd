#include "text/language.h"

#include <algorithm>
#include <iterator>

#include "text/keyboard_layout.h"

namespace tercet::text {
namespace {

// Each table is sorted bytewise: find_abbreviation() searches it by halves.
constexpr Abbreviation kEnglishAbbreviations[] = {
    {"a.d", StopRule::kBeforeUpper},   {"a.m", StopRule::kBeforeUpper},
    {"adm", StopRule::kNever},         {"al", StopRule::kBeforeUpper},
    {"approx", StopRule::kNever},      {"art", StopRule::kUnlessNumber},
    {"aug", StopRule::kBeforeUpper},   {"ave", StopRule::kBeforeUpper},
    {"b.c", StopRule::kBeforeUpper},   {"blvd", StopRule::kBeforeUpper},
    {"bros", StopRule::kBeforeUpper},  {"ca", StopRule::kNever},
    {"capt", StopRule::kNever},        {"cf", StopRule::kNever},
    {"ch", StopRule::kUnlessNumber},   {"chap", StopRule::kUnlessNumber},
    {"cmdr", StopRule::kNever},        {"co", StopRule::kBeforeUpper},
    {"col", StopRule::kNever},         {"corp", StopRule::kBeforeUpper},
    {"cpt", StopRule::kNever},         {"d.c", StopRule::kNever},
    {"dec", StopRule::kBeforeUpper},   {"dept", StopRule::kBeforeUpper},
    {"dr", StopRule::kNever},          {"e.g", StopRule::kNever},
    {"ed", StopRule::kBeforeUpper},    {"eds", StopRule::kBeforeUpper},
    {"eg", StopRule::kNever},          {"esp", StopRule::kNever},
    {"esq", StopRule::kNever},         {"est", StopRule::kBeforeUpper},
    {"etc", StopRule::kBeforeUpper},   {"feb", StopRule::kBeforeUpper},
    {"fig", StopRule::kUnlessNumber},  {"figs", StopRule::kUnlessNumber},
    {"ft", StopRule::kNever},          {"gen", StopRule::kNever},
    {"gov", StopRule::kNever},         {"hon", StopRule::kNever},
    {"i.e", StopRule::kNever},         {"ie", StopRule::kNever},
    {"inc", StopRule::kBeforeUpper},   {"jan", StopRule::kBeforeUpper},
    {"jr", StopRule::kBeforeUpper},    {"lt", StopRule::kNever},
    {"ltd", StopRule::kBeforeUpper},   {"maj", StopRule::kNever},
    {"messrs", StopRule::kNever},      {"mlle", StopRule::kNever},
    {"mme", StopRule::kNever},         {"mons", StopRule::kNever},
    {"mr", StopRule::kNever},          {"mrs", StopRule::kNever},
    {"ms", StopRule::kNever},          {"mt", StopRule::kNever},
    {"no", StopRule::kUnlessNumber},   {"nos", StopRule::kUnlessNumber},
    {"nov", StopRule::kBeforeUpper},   {"oct", StopRule::kBeforeUpper},
    {"op", StopRule::kUnlessNumber},   {"p", StopRule::kUnlessNumber},
    {"p.m", StopRule::kBeforeUpper},   {"par", StopRule::kUnlessNumber},
    {"ph.d", StopRule::kBeforeUpper},  {"pp", StopRule::kUnlessNumber},
    {"pres", StopRule::kNever},        {"prof", StopRule::kNever},
    {"pt", StopRule::kUnlessNumber},   {"rd", StopRule::kBeforeUpper},
    {"rep", StopRule::kNever},         {"rev", StopRule::kNever},
    {"sec", StopRule::kUnlessNumber},  {"sect", StopRule::kUnlessNumber},
    {"sen", StopRule::kNever},         {"sept", StopRule::kBeforeUpper},
    {"sgt", StopRule::kNever},         {"sr", StopRule::kBeforeUpper},
    {"st", StopRule::kNever},          {"supt", StopRule::kNever},
    {"u.k", StopRule::kNever},         {"u.n", StopRule::kBeforeUpper},
    {"u.s", StopRule::kNever},         {"u.s.a", StopRule::kBeforeUpper},
    {"v", StopRule::kNever},           {"ver", StopRule::kUnlessNumber},
    {"viz", StopRule::kNever},         {"vol", StopRule::kUnlessNumber},
    {"vols", StopRule::kUnlessNumber}, {"vs", StopRule::kNever},
};

constexpr Abbreviation kRussianAbbreviations[] = {
    {"акад", StopRule::kNever},        {"англ", StopRule::kNever},
    {"в", StopRule::kBeforeUpper},     {"в.и", StopRule::kNever},
    {"вв", StopRule::kBeforeUpper},    {"вып", StopRule::kUnlessNumber},
    {"г", StopRule::kNever},           {"г-жа", StopRule::kNever},
    {"г-жи", StopRule::kNever},        {"г-н", StopRule::kNever},
    {"гг", StopRule::kBeforeUpper},    {"ген", StopRule::kNever},
    {"гл", StopRule::kUnlessNumber},   {"гн", StopRule::kNever},
    {"гос", StopRule::kNever},         {"греч", StopRule::kNever},
    {"д", StopRule::kUnlessNumber},    {"дер", StopRule::kNever},
    {"долл", StopRule::kBeforeUpper},  {"доц", StopRule::kNever},
    {"др", StopRule::kBeforeUpper},    {"зав", StopRule::kNever},
    {"и.о", StopRule::kNever},         {"изд", StopRule::kNever},
    {"илл", StopRule::kUnlessNumber},  {"им", StopRule::kNever},
    {"инж", StopRule::kNever},         {"исп", StopRule::kNever},
    {"итал", StopRule::kNever},        {"кап", StopRule::kNever},
    {"кв", StopRule::kBeforeUpper},    {"кг", StopRule::kBeforeUpper},
    {"км", StopRule::kBeforeUpper},    {"коп", StopRule::kBeforeUpper},
    {"корп", StopRule::kUnlessNumber}, {"корр", StopRule::kNever},
    {"куб", StopRule::kBeforeUpper},   {"л.с", StopRule::kBeforeUpper},
    {"лат", StopRule::kNever},         {"м", StopRule::kBeforeUpper},
    {"млн", StopRule::kBeforeUpper},   {"млрд", StopRule::kBeforeUpper},
    {"мм", StopRule::kBeforeUpper},    {"н.э", StopRule::kBeforeUpper},
    {"наб", StopRule::kNever},         {"напр", StopRule::kNever},
    {"нем", StopRule::kNever},         {"о-в", StopRule::kNever},
    {"обл", StopRule::kNever},         {"ок", StopRule::kNever},
    {"п", StopRule::kUnlessNumber},    {"пер", StopRule::kNever},
    {"пл", StopRule::kNever},          {"полк", StopRule::kNever},
    {"пос", StopRule::kNever},         {"пп", StopRule::kUnlessNumber},
    {"пр", StopRule::kBeforeUpper},    {"пр-т", StopRule::kNever},
    {"преп", StopRule::kNever},        {"приблиз", StopRule::kNever},
    {"прим", StopRule::kNever},        {"просп", StopRule::kNever},
    {"проф", StopRule::kNever},        {"проч", StopRule::kBeforeUpper},
    {"р", StopRule::kBeforeUpper},     {"р-н", StopRule::kNever},
    {"р.х", StopRule::kBeforeUpper},   {"разд", StopRule::kUnlessNumber},
    {"рис", StopRule::kUnlessNumber},  {"рт", StopRule::kNever},
    {"руб", StopRule::kBeforeUpper},   {"с", StopRule::kUnlessNumber},
    {"св", StopRule::kNever},          {"сек", StopRule::kBeforeUpper},
    {"см", StopRule::kNever},          {"соотв", StopRule::kNever},
    {"сост", StopRule::kNever},        {"ср", StopRule::kNever},
    {"ст", StopRule::kUnlessNumber},   {"стр", StopRule::kUnlessNumber},
    {"т", StopRule::kUnlessNumber},    {"т.д", StopRule::kBeforeUpper},
    {"т.е", StopRule::kNever},         {"т.к", StopRule::kNever},
    {"т.н", StopRule::kNever},         {"т.о", StopRule::kNever},
    {"т.п", StopRule::kBeforeUpper},   {"табл", StopRule::kUnlessNumber},
    {"тж", StopRule::kNever},          {"тов", StopRule::kNever},
    {"трлн", StopRule::kBeforeUpper},  {"тт", StopRule::kUnlessNumber},
    {"тыс", StopRule::kBeforeUpper},   {"ул", StopRule::kNever},
    {"ч", StopRule::kBeforeUpper},     {"чел", StopRule::kBeforeUpper},
    {"чл", StopRule::kNever},          {"шт", StopRule::kBeforeUpper},
    {"экз", StopRule::kBeforeUpper},
};

constexpr std::string_view kEnglishElisions[] = {"bout", "cause", "em",   "n",     "neath", "round",
                                                 "til",  "tis",   "twas", "twere", "twill"};

constexpr Language kGeneric = {
    .tag = "",
    .abbreviations = {},
    .elisions = {},
    .folds_yo = false,
    .drops_accents = false,
    .spaced_dash = true,
    .word_apostrophe = false,
    .thin_space_before_signs = false,
    .keyboard = &kNoKeyboard,
};

constexpr Language kEnglish = {
    .tag = "en",
    .abbreviations = kEnglishAbbreviations,
    .elisions = kEnglishElisions,
    .folds_yo = false,
    .drops_accents = false,
    .spaced_dash = true,
    .word_apostrophe = true,
    .thin_space_before_signs = false,
    .keyboard = &kUnitedStatesKeyboard,
};

constexpr Language kRussian = {
    .tag = "ru",
    .abbreviations = kRussianAbbreviations,
    .elisions = {},
    .folds_yo = true,
    .drops_accents = true,
    .spaced_dash = true,
    .word_apostrophe = false,
    .thin_space_before_signs = false,
    .keyboard = &kRussianKeyboard,
};

constexpr Language kFrench = {
    .tag = "fr",
    .abbreviations = {},
    .elisions = {},
    .folds_yo = false,
    .drops_accents = false,
    .spaced_dash = true,
    .word_apostrophe = false,
    .thin_space_before_signs = true,
    .keyboard = &kNoKeyboard,
};

}  // namespace

const Language& language(std::string_view tag) noexcept {
  const std::string_view primary = tag.substr(0, tag.find_first_of("-_"));
  for (const Language* known : {&kEnglish, &kRussian, &kFrench}) {
    if (primary == known->tag) return *known;
  }
  return kGeneric;
}

const Abbreviation* find_abbreviation(const Language& language, std::string_view folded) noexcept {
  const auto& table = language.abbreviations;
  const auto at = std::lower_bound(
      table.begin(), table.end(), folded,
      [](const Abbreviation& entry, std::string_view key) { return entry.folded < key; });
  return at != table.end() && at->folded == folded ? &*at : nullptr;
}

}  // namespace tercet::text
