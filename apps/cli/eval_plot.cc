#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "columns.h"
#include "eval_report.h"
#include "svg.h"

namespace tercet::cli {
namespace {

// Blue and vermilion: told apart by the colour-blind, on light and on dark paper.
constexpr std::string_view kStyle =
    "text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;"
    "fill:#57606a}\n"
    ".paper{fill:#ffffff}\n"
    ".title{font-size:19px;font-weight:600;fill:#1f2328}\n"
    ".head{font-size:13.5px;font-weight:600;fill:#1f2328}\n"
    ".name{fill:#1f2328}\n"
    ".middle{text-anchor:middle}\n"
    ".end{text-anchor:end}\n"
    ".grid{stroke:#e4e8ec;stroke-width:1}\n"
    ".diagonal{stroke:#8c959f;stroke-width:1;stroke-dasharray:4 4}\n"
    "polyline{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}\n"
    ".whisker{stroke-width:1.5;stroke-linecap:round}\n"
    ".s0{stroke:#0a66c2}\n"
    ".s1{stroke:#d1570b}\n"
    ".dot{stroke:#ffffff;stroke-width:1.5}\n"
    ".f0{fill:#0a66c2}\n"
    ".f1{fill:#d1570b}\n"
    "@media (prefers-color-scheme:dark){\n"
    "text{fill:#9da7b1}\n"
    ".paper{fill:#0d1117}\n"
    ".title,.head,.name{fill:#e6edf3}\n"
    ".grid{stroke:#262c34}\n"
    ".diagonal{stroke:#6e7681}\n"
    ".s0{stroke:#58a6ff}\n"
    ".s1{stroke:#f0883e}\n"
    ".dot{stroke:#0d1117}\n"
    ".f0{fill:#58a6ff}\n"
    ".f1{fill:#f0883e}\n"
    "}\n";

constexpr double kMargin = 36;
constexpr double kWidth = 1000;
constexpr double kHeader = 84;
constexpr double kPanelHead = 46;    // Above the plotted area: what it shows.
constexpr double kPanelFoot = 52;    // Below it: the axis.
constexpr double kValueColumn = 34;  // Left of it: the numbers of the vertical axis.
constexpr double kGenreColumn = 104;
constexpr double kGap = 44;
constexpr double kPanelWidth = (kWidth - 2 * kMargin - kGap) / 2;
constexpr double kPlotHeight = 230;
constexpr double kGenreRow = 21;

/// Numbers onto places.
struct Scale {
  double from, to;        // Values.
  double at_from, at_to;  // Places.
  double operator()(double value) const {
    return at_from + (value - from) / (to - from) * (at_to - at_from);
  }
};

/// The rectangle in which values are plotted.
struct Area {
  double left, top, width, height;
  double right() const { return left + width; }
  double bottom() const { return top + height; }
};

/// A line of the picture: the setting's name and its report.
struct Series {
  std::string name;
  const EvaluateReport* report;
};
using SeriesList = std::vector<Series>;

/// About five steps of 1, 2 or 5 times a power of ten.
double tick_step(double span) {
  const double rough = span / 5;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double nice : {1.0, 2.0, 5.0}) {
    if (nice * power >= rough) return nice * power;
  }
  return 10 * power;
}

/// The values' range, widened to ticks.
struct Range {
  double from, to, step;
};

Range range_of(const std::vector<Measured>& values) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const Measured& each : values) {
    if (std::isnan(each.value)) continue;
    low = std::min(low, each.low);
    high = std::max(high, each.high);
  }
  if (low > high) return {0, 100, 20};
  const double step = tick_step(std::max(high - low, 1.0));
  const double from = std::floor(low / step) * step;
  return {from, std::max(std::ceil(high / step) * step, from + step), step};
}

std::string look(std::string_view base, std::size_t series) {
  return fmt::format("{}{}", base, series);
}

void draw_dot(SvgWriter& svg, Point at, std::size_t series) {
  svg.circle(at, 4.5, "dot " + look("f", series));
}

void draw_head(SvgWriter& svg, Point corner, std::string_view head, std::string_view unit) {
  svg.text({corner.x, corner.y + 14}, head, "head");
  svg.text({corner.x, corner.y + 31}, unit, "unit");
}

Scale draw_value_axis(SvgWriter& svg, const Area& area, const Range& range) {
  const Scale scale{range.from, range.to, area.bottom(), area.top};
  for (double tick = range.from; tick <= range.to + range.step / 2; tick += range.step) {
    const double y = scale(tick);
    svg.line({area.left, y}, {area.right(), y}, "grid");
    svg.text({area.left - 8, y + 4}, fmt::format("{:g}", tick), "end");
  }
  return scale;
}

/// Values of several series at the same named places.
struct LineChart {
  std::string head;
  std::string axis;
  std::vector<std::string> places;
  std::vector<std::vector<Measured>> series;
};

void draw_series(SvgWriter& svg, const LineChart& chart, std::size_t series, const Scale& x,
                 const Scale& y) {
  // Beside each other, so that no whisker hides another.
  const double shift = chart.series.size() > 1 ? (series == 0 ? 3.5 : -3.5) : 0;
  std::vector<Point> points;
  for (std::size_t i = 0; i < chart.places.size(); ++i) {
    const Measured& value = chart.series[series][i];
    if (std::isnan(value.value)) continue;
    const double at = x(static_cast<double>(i)) + shift;
    svg.line({at, y(value.low)}, {at, y(value.high)}, "whisker " + look("s", series));
    points.push_back({at, y(value.value)});
  }
  svg.path(points, look("s", series));
  for (const Point& point : points) draw_dot(svg, point, series);
}

void draw_lines(SvgWriter& svg, Point corner, const LineChart& chart) {
  draw_head(svg, corner, chart.head, "keystrokes saved, %");
  const Area area{corner.x + kValueColumn, corner.y + kPanelHead, kPanelWidth - kValueColumn,
                  kPlotHeight};
  std::vector<Measured> all;
  for (const auto& values : chart.series) all.insert(all.end(), values.begin(), values.end());
  const Scale y = draw_value_axis(svg, area, range_of(all));
  const auto last = static_cast<double>(chart.places.size()) - 0.5;
  const Scale x{-0.5, last, area.left, area.right()};
  for (std::size_t i = 0; i < chart.places.size(); ++i) {
    svg.text({x(static_cast<double>(i)), area.bottom() + 20}, chart.places[i], "middle");
  }
  svg.text({area.left + area.width / 2, area.bottom() + 40}, chart.axis, "middle");
  for (std::size_t i = chart.series.size(); i-- > 0;) draw_series(svg, chart, i, x, y);
}

LineChart chart_of_slots(const SeriesList& series) {
  LineChart chart{"By length of the list", "words in the list", {}, {}};
  for (const SlotFigures& of : series.front().report->all.slots)
    chart.places.push_back(std::to_string(of.slots));
  for (const Series& each : series) {
    auto& values = chart.series.emplace_back();
    for (const SlotFigures& of : each.report->all.slots) values.push_back(of.ksr);
  }
  return chart;
}

LineChart chart_of_curve(const SeriesList& series, std::size_t middle) {
  const Figures& all = series.front().report->all;
  LineChart chart{fmt::format("As the document grows, {} slots", all.slots[middle].slots),
                  "words already written in the document",
                  {},
                  {}};
  for (std::size_t i = 0; i < all.curve.size(); ++i) {
    chart.places.push_back(i + 1 < all.curve.size()
                               ? fmt::format("{}–{}", all.curve[i].begin, all.curve[i + 1].begin)
                               : fmt::format("{}+", all.curve[i].begin));
  }
  for (const Series& each : series) {
    auto& values = chart.series.emplace_back();
    for (const CurvePoint& point : each.report->all.curve) values.push_back(point.ksr[middle]);
  }
  return chart;
}

/// Genres, the one that gains most from the lists on top.
std::vector<std::size_t> order_of_genres(const EvaluateReport& report, std::size_t middle) {
  std::vector<std::size_t> order(report.genres.size());
  std::iota(order.begin(), order.end(), 0);
  const auto ksr = [&](std::size_t i) { return report.genres[i].second.slots[middle].ksr.value; };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return ksr(a) != ksr(b) ? ksr(a) > ksr(b) : a < b;
  });
  return order;
}

Scale draw_genre_axis(SvgWriter& svg, const Area& area, const SeriesList& series,
                      std::size_t middle) {
  std::vector<Measured> all;
  for (const Series& each : series) {
    for (const auto& [genre, figures] : each.report->genres)
      all.push_back(figures.slots[middle].ksr);
  }
  const Range range = range_of(all);
  const Scale x{range.from, range.to, area.left, area.right()};
  for (double tick = range.from; tick <= range.to + range.step / 2; tick += range.step) {
    svg.line({x(tick), area.top}, {x(tick), area.bottom()}, "grid");
    svg.text({x(tick), area.bottom() + 20}, fmt::format("{:g}", tick), "middle");
  }
  svg.text({area.left + area.width / 2, area.bottom() + 40}, "keystrokes saved, %", "middle");
  return x;
}

void draw_genres(SvgWriter& svg, Point corner, const SeriesList& series, std::size_t middle) {
  const EvaluateReport& report = *series.front().report;
  draw_head(svg, corner, fmt::format("By genre, {} slots", report.all.slots[middle].slots),
            "documents in brackets");
  const Area area{corner.x + kGenreColumn, corner.y + kPanelHead, kPanelWidth - kGenreColumn,
                  kGenreRow * static_cast<double>(report.genres.size())};
  const Scale x = draw_genre_axis(svg, area, series, middle);
  double row = area.top + kGenreRow / 2;
  for (const std::size_t genre : order_of_genres(report, middle)) {
    const auto& [name, figures] = report.genres[genre];
    svg.text({area.left - 10, row + 4},
             fmt::format("{} ({})", fit(printable(name), 11), figures.documents), "name end");
    for (std::size_t i = series.size(); i-- > 0;) {
      const Measured& ksr = series[i].report->genres[genre].second.slots[middle].ksr;
      const double y = row + (series.size() > 1 ? (i == 0 ? -3 : 3) : 0);
      svg.line({x(ksr.low), y}, {x(ksr.high), y}, "whisker " + look("s", i));
      draw_dot(svg, {x(ksr.value), y}, i);
    }
    row += kGenreRow;
  }
}

/// Probabilities are drawn from 1/1000 on, each tenth as wide as the next.
double log_probability(double probability) { return std::log10(std::max(probability, 1e-3)); }

void draw_calibration_axes(SvgWriter& svg, const Area& area, const Scale& x, const Scale& y) {
  for (const double tick : {0.001, 0.01, 0.1, 1.0}) {
    const double at = log_probability(tick);
    svg.line({area.left, y(at)}, {area.right(), y(at)}, "grid");
    svg.line({x(at), area.top}, {x(at), area.bottom()}, "grid");
    svg.text({area.left - 8, y(at) + 4}, fmt::format("{:g}", 100 * tick), "end");
    svg.text({x(at), area.bottom() + 20}, fmt::format("{:g}", 100 * tick), "middle");
  }
  svg.line({area.left, area.bottom()}, {area.right(), area.top}, "diagonal");
  svg.text({area.left + area.width / 2, area.bottom() + 40}, "probability stated, %", "middle");
}

void draw_calibration(SvgWriter& svg, Point corner, const SeriesList& series) {
  draw_head(svg, corner, "Calibration of the words listed", "came true, %");
  const Area area{corner.x + kValueColumn, corner.y + kPanelHead, kPanelWidth - kValueColumn,
                  kPlotHeight + kPanelHead};
  const Scale x{-3, 0, area.left, area.right()};
  const Scale y{-3, 0, area.bottom(), area.top};
  draw_calibration_axes(svg, area, x, y);
  for (std::size_t i = series.size(); i-- > 0;) {
    std::vector<Point> points;
    for (const CalibrationBin& bin : series[i].report->calibration.bins)
      points.push_back({x(log_probability(bin.stated)), y(log_probability(bin.came_true))});
    svg.path(points, look("s", i));
    for (const Point& point : points) draw_dot(svg, point, i);
  }
}

void draw_header(SvgWriter& svg, std::string_view title, const SeriesList& series) {
  const Figures& all = series.front().report->all;
  svg.text({kMargin, kMargin + 14}, title, "title");
  svg.text({kMargin, kMargin + 36},
           fmt::format("{} words in {} documents; whiskers hold 95 % of resampled documents",
                       all.words, all.documents),
           "unit");
  double at = kWidth - kMargin;
  for (std::size_t i = series.size(); i-- > 0;) {
    // About as wide as the reader's font will be.
    at -= 6.6 * static_cast<double>(display_width(series[i].name)) + 28;
    draw_dot(svg, {at + 6, kMargin + 32}, i);
    svg.text({at + 16, kMargin + 36}, series[i].name, "name");
  }
}

SeriesList series_of(Settings settings) {
  const Compared& main = settings.back();
  if (settings.size() == 1) return {{name_of(main.additions), &main.report}};
  return {{"learning as it is typed", &main.report},
          {name_of(settings.front().additions), &settings.front().report}};
}

}  // namespace

std::string draw_plot(Settings settings, std::string_view title) {
  const SeriesList series = series_of(settings);
  const EvaluateReport& report = *series.front().report;
  const std::size_t middle = middle_slots(report.all);
  const double genres = kGenreRow * static_cast<double>(report.genres.size());
  const double second = kMargin + kHeader + kPanelHead + kPlotHeight + kPanelFoot;
  const double height =
      second + kPanelHead + std::max(genres, kPlotHeight + kPanelHead) + kPanelFoot + kMargin / 2;
  SvgWriter svg(kWidth, height, title, kStyle);
  svg.rectangle({0, 0}, kWidth, height, "paper");
  draw_header(svg, title, series);
  const double left = kMargin;
  const double right = kMargin + kPanelWidth + kGap;
  draw_lines(svg, {left, kHeader + kMargin / 2}, chart_of_slots(series));
  draw_lines(svg, {right, kHeader + kMargin / 2}, chart_of_curve(series, middle));
  draw_calibration(svg, {left, second}, series);
  if (!report.genres.empty()) draw_genres(svg, {right, second}, series, middle);
  return std::move(svg).finish();
}

}  // namespace tercet::cli
