// The report of `tercet eval --lanes` as a program has it.
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "eval_report.h"
#include "json/writer.h"

namespace tercet::cli {
namespace {

using cli::put;

void put(json::Writer& json, std::string_view name, const LaneRankingFigures& ranking) {
  json.key(name).begin_object();
  put(json, "recall_at_10", ranking.recall);
  put(json, "mrr", ranking.reciprocal);
  put(json, "posterior_recall_gain", ranking.recall_gain);
  put(json, "posterior_mrr_gain", ranking.reciprocal_gain);
  json.end_object();
}

void put_texts(json::Writer& json, const LaneFigures& figures) {
  json.key("texts").begin_object();
  for (const LaneTextFigures& text : figures.texts) {
    json.key(text.name).begin_object().field("rare", text.rare);
    put(json, "above_0.95", text.careful);
    put(json, "above_0.8", text.bold);
    put(json, "mean", text.fit);
    json.end_object();
  }
  json.end_object();
}

void put_lists(json::Writer& json, const LaneFigures& figures) {
  json.key("mixes").begin_object();
  for (const LaneMixFigures& mix : figures.mixes) {
    json.key(mix.name).begin_object();
    put(json, "hit", mix.hit);
    put(json, "rare_hit", mix.rare_hit);
    json.end_object();
  }
  json.end_object().key("empty").begin_object();
  put(json, "rare", figures.no_rare);
  put(json, "genius", figures.no_genius);
  json.end_object().key("gate_recall").begin_object();
  for (const auto& [gate, recall] : figures.gate_recall) put(json, fmt::format("{}", gate), recall);
  json.end_object();
}

void put(json::Writer& json, const LaneFigures& figures) {
  json.field("documents", figures.documents).field("positions", figures.positions);
  json.field("rare", figures.rare).field("compared", figures.compared);
  put(json, "attested", figures.attested);
  put(json, "unusual", figures.unusual);
  put(json, "bits", figures.bits);
  put(json, "bits_saved", figures.bits_saved);
  json.key("rankings").begin_object();
  for (const LaneRankingFigures& of : figures.rankings) put(json, of.name, of);
  json.end_object();
  json.key("auc").begin_object();
  put(json, "fit", figures.fit_auc);
  put(json, "unigram", figures.unigram_auc);
  put(json, "surprise", figures.surprise_auc);
  json.end_object();
  put_texts(json, figures);
  put_lists(json, figures);
}

void put_object(json::Writer& json, std::string_view name, const Rates& rates) {
  json.key(name).begin_object();
  put_rates(json, rates);
  json.end_object();
}

void put_typed(json::Writer& json, Settings typed) {
  json.key("typed").begin_object();
  put_object(json, "p", typed.front().report.all);
  put_object(json, "posterior", typed.back().report.all);
  put_object(json, "gain", typed.back().gain);
  json.key("genre_gains").begin_object();
  for (const auto& [genre, gains] : typed.back().genre_gains) put_object(json, genre, gains);
  json.end_object().end_object();
}

}  // namespace

void print_json(const LanesReport& report, std::uint64_t seed, Settings typed) {
  json::Writer json;
  json.begin_object().key("lanes").begin_object().field("seed", seed);
  put(json, report.all);
  json.key("genres").begin_object();
  for (const auto& [genre, figures] : report.genres) {
    json.key(genre).begin_object();
    put(json, figures);
    json.end_object();
  }
  json.end_object().key("musts").begin_array();
  for (const LaneMust& must : report.musts)
    json.begin_object().field("what", must.what).field("holds", must.holds).end_object();
  json.end_array().field("seen_before", report.seen_before);
  if (!typed.empty()) put_typed(json, typed);
  json.end_object().end_object();
  fmt::print("{}\n", json.text());
}

}  // namespace tercet::cli
