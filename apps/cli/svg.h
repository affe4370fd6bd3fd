// Writes SVG text: shapes and words, no script, nothing from outside.
#ifndef TERCET_APPS_CLI_SVG_H_
#define TERCET_APPS_CLI_SVG_H_

#include <span>
#include <string>
#include <string_view>

namespace tercet::cli {

struct Point {
  double x;
  double y;
};

/// Appends shapes to a picture. `look` names classes of the style sheet.
class SvgWriter {
 public:
  /// `style` is CSS, `title` what a screen reader says.
  SvgWriter(double width, double height, std::string_view title, std::string_view style);

  void rectangle(Point corner, double width, double height, std::string_view look);
  void line(Point from, Point to, std::string_view look);
  void path(std::span<const Point> points, std::string_view look);
  void circle(Point centre, double radius, std::string_view look);
  /// Any bytes may be given.
  void text(Point at, std::string_view words, std::string_view look);

  /// The whole picture; call it last.
  std::string finish() &&;

 private:
  std::string text_;
};

/// Valid UTF-8 for XML: what XML forbids is replaced, what means something in it is escaped.
std::string xml_text(std::string_view text);

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_SVG_H_
