#include "svg.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "columns.h"
#include "text/utf8.h"

namespace tercet::cli {

SvgWriter::SvgWriter(double width, double height, std::string_view title, std::string_view style)
    : text_(fmt::format(R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0:.0f}" )"
                        R"(height="{1:.0f}" viewBox="0 0 {0:.0f} {1:.0f}" role="img">)"
                        "\n<title>{2}</title>\n<style>\n{3}</style>\n",
                        width, height, xml_text(title), style)) {}

void SvgWriter::rectangle(Point corner, double width, double height, std::string_view look) {
  fmt::format_to(std::back_inserter(text_),
                 "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" "
                 "class=\"{}\"/>\n",
                 corner.x, corner.y, width, height, look);
}

void SvgWriter::line(Point from, Point to, std::string_view look) {
  fmt::format_to(std::back_inserter(text_),
                 "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"{}\"/>\n",
                 from.x, from.y, to.x, to.y, look);
}

void SvgWriter::path(std::span<const Point> points, std::string_view look) {
  text_ += "<polyline points=\"";
  for (const Point& point : points)
    fmt::format_to(std::back_inserter(text_), "{:.1f},{:.1f} ", point.x, point.y);
  fmt::format_to(std::back_inserter(text_), "\" class=\"{}\"/>\n", look);
}

void SvgWriter::circle(Point centre, double radius, std::string_view look) {
  fmt::format_to(std::back_inserter(text_),
                 "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" class=\"{}\"/>\n", centre.x,
                 centre.y, radius, look);
}

void SvgWriter::text(Point at, std::string_view words, std::string_view look) {
  fmt::format_to(std::back_inserter(text_),
                 "<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{}\">{}</text>\n", at.x, at.y, look,
                 xml_text(words));
}

std::string SvgWriter::finish() && {
  text_ += "</svg>\n";
  return std::move(text_);
}

std::string xml_text(std::string_view text) {
  constexpr char32_t kLeastForbidden = 0xFFFE;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = text::next_code_point(text, at);
    if (c == U'&') {
      out += "&amp;";
    } else if (c == U'<') {
      out += "&lt;";
    } else if (c == U'>') {
      out += "&gt;";
    } else {
      const bool forbidden = is_control(c) || c == kLeastForbidden || c == kLeastForbidden + 1;
      text::append_code_point(forbidden ? text::kReplacement : c, out);
    }
  }
  return out;
}

}  // namespace tercet::cli
