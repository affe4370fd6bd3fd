// The report of `tercet eval --lanes`.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <string>
#include <string_view>

#include "columns.h"
#include "eval_report.h"

namespace tercet::cli {
namespace {

/// Shares and bits are small numbers.
std::string fine(const Measured& measured) {
  if (std::isnan(measured.value)) return "-";
  return fmt::format("{:.4f} [{:.4f}, {:.4f}]", measured.value, measured.low, measured.high);
}

std::string gain(const Measured& measured) {
  if (std::isnan(measured.value)) return "-";
  return fmt::format("{:+.4f} [{:+.4f}, {:+.4f}]", measured.value, measured.low, measured.high);
}

void print_row(std::string_view name, std::initializer_list<std::string> cells) {
  fmt::print("{:<28}", name);
  for (const std::string& cell : cells) fmt::print("{:>28}", cell);
  fmt::print("\n");
}

void print_summary(const LaneFigures& all, std::uint64_t seed) {
  fmt::print("seed         {}\n", seed);
  fmt::print("positions    {} in {} documents\n", all.positions, all.documents);
  fmt::print("attested     {}\n", fine(all.attested));
  fmt::print("U > 0.9      {} of these: {} rare words\n", fine(all.unusual), all.rare);
  fmt::print("bits by p    {}\n", fine(all.bits));
  fmt::print("bits saved   {}\n", fine(all.bits_saved));
  fmt::print("no rare      {}\n", fine(all.no_rare));
  fmt::print("no genius    {}\n", fine(all.no_genius));
}

void print_rankings(const LaneFigures& all) {
  fmt::print("\n");
  print_row("rare words ranked by", {"R@10", "MRR", "posterior's R@10 less it", "MRR less it"});
  for (const LaneRankingFigures& of : all.rankings)
    print_row(of.name, {fine(of.recall), fine(of.reciprocal), gain(of.recall_gain),
                        gain(of.reciprocal_gain)});
  fmt::print("\n");
  print_row(fmt::format("{} words, 20 decoys each", all.compared), {"AUC"});
  print_row("fit", {fine(all.fit_auc)});
  print_row("control: unigram", {fine(all.unigram_auc)});
  print_row("control: surprise", {fine(all.surprise_auc)});
}

void print_texts(const LaneFigures& all) {
  fmt::print("\n{:<28}{:>8}{:>28}{:>28}{:>28}\n", "rare words of the text", "n", "V > 0.95",
             "V > 0.8", "mean V");
  for (const LaneTextFigures& text : all.texts) {
    fmt::print("{:<28}{:>8}{:>28}{:>28}{:>28}\n", text.name, text.rare, fine(text.careful),
               fine(text.bold), fine(text.fit));
  }
}

void print_lists(const LaneFigures& all) {
  fmt::print("\n");
  print_row("15 slots", {"hits", "hits on rare words"});
  for (const LaneMixFigures& mix : all.mixes)
    print_row(mix.name, {fine(mix.hit), fine(mix.rare_hit)});
  fmt::print("\n");
  print_row("gate of V", {"R@10 of rare words"});
  for (const auto& [gate, recall] : all.gate_recall)
    print_row(gate == 0 ? "none" : fmt::format("{}", gate), {fine(recall)});
}

double careful(const LaneFigures& figures, std::string_view text) {
  const auto at = std::find_if(figures.texts.begin(), figures.texts.end(),
                               [text](const LaneTextFigures& each) { return each.name == text; });
  return at->careful.value;
}

const Measured& gain_over_p(const LaneFigures& figures) {
  const auto at = std::find_if(figures.rankings.begin(), figures.rankings.end(),
                               [](const LaneRankingFigures& each) { return each.name == "p"; });
  return at->reciprocal_gain;
}

void print_genres(const LanesReport& report) {
  if (report.genres.empty()) return;
  fmt::print("\n{:<14}{:>5}{:>10}{:>7}{:>30}{:>30}{:>8}{:>10}{:>10}\n", "genre", "docs",
             "positions", "rare", "bits saved", "MRR, posterior less p", "AUC", "V > 0.95",
             "shuffled");
  for (const auto& [genre, figures] : report.genres) {
    fmt::print("{:<14}{:>5}{:>10}{:>7}{:>30}{:>30}{:>8.3f}{:>10.3f}{:>10.3f}\n", printable(genre),
               figures.documents, figures.positions, figures.rare, gain(figures.bits_saved),
               gain(gain_over_p(figures)), figures.fit_auc.value, careful(figures, "human"),
               careful(figures, "sentences shuffled"));
  }
}

void print_gains(std::string_view name, const Rates& rates) {
  fmt::print("{:<14}", name);
  for (const SlotFigures& of : rates.slots) fmt::print("{:>28}{:>28}", gain(of.ksr), gain(of.hit));
  fmt::print("\n");
}

void print_typed(Settings typed) {
  if (typed.empty()) return;
  fmt::print("\ntyped with lists ranked by p, and by p'\n");
  fmt::print("{:<7}{:>23}{:>23}{:>23}{:>23}\n", "slots", "hit %", "by p'", "KSR %", "by p'");
  const Rates& before = typed.front().report.all;
  const Rates& after = typed.back().report.all;
  for (std::size_t i = 0; i < before.slots.size(); ++i) {
    fmt::print("{:<7}{:>23}{:>23}{:>23}{:>23}\n", before.slots[i].slots,
               with_interval(before.slots[i].hit), with_interval(after.slots[i].hit),
               with_interval(before.slots[i].ksr), with_interval(after.slots[i].ksr));
  }
  fmt::print("\n{:<14}", "gained, points");
  for (const SlotFigures& of : before.slots)
    fmt::print("{:>28}{:>28}", fmt::format("KSR@{}", of.slots), fmt::format("hit@{}", of.slots));
  fmt::print("\n");
  print_gains("all", typed.back().gain);
  for (const auto& [genre, gains] : typed.back().genre_gains) print_gains(printable(genre), gains);
}

void print_musts(const LanesReport& report) {
  fmt::print("\nmust hold\n");
  for (const LaneMust& must : report.musts)
    fmt::print("{}  {}\n", must.holds ? "yes" : "NO ", printable(must.what));
  if (report.seen_before)
    fmt::print("\nHardly a word is unusual here: was this text trained on?\n");
}

}  // namespace

void print_text(const LanesReport& report, std::uint64_t seed, Settings typed) {
  print_summary(report.all, seed);
  print_rankings(report.all);
  print_texts(report.all);
  print_lists(report.all);
  print_genres(report);
  print_typed(typed);
  print_musts(report);
}

}  // namespace tercet::cli
