#include "svg.h"

#include <gtest/gtest.h>

#include <array>

namespace tercet::cli {
namespace {

TEST(Svg, WritesShapes) {
  SvgWriter svg(100, 50, "a < b", "text{fill:red}\n");
  svg.rectangle({0, 0}, 100, 50, "paper");
  svg.path(std::array{Point{1, 2}, Point{3.25, 4}}, "series");
  svg.text({5, 6}, "R&D", "quiet");
  EXPECT_EQ(std::move(svg).finish(),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"50\" "
            "viewBox=\"0 0 100 50\" role=\"img\">\n"
            "<title>a &lt; b</title>\n<style>\ntext{fill:red}\n</style>\n"
            "<rect x=\"0.0\" y=\"0.0\" width=\"100.0\" height=\"50.0\" class=\"paper\"/>\n"
            "<polyline points=\"1.0,2.0 3.2,4.0 \" class=\"series\"/>\n"
            "<text x=\"5.0\" y=\"6.0\" class=\"quiet\">R&amp;D</text>\n"
            "</svg>\n");
}

TEST(Svg, TextIsAlwaysXml) {
  EXPECT_EQ(xml_text("<a & b>"), "&lt;a &amp; b&gt;");
  EXPECT_EQ(xml_text("проза"), "проза");
  EXPECT_EQ(xml_text(std::string_view("a\0\x1b\xff", 4)), "a\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(xml_text("\xEF\xBF\xBE"), "\uFFFD") << "U+FFFE is no character of XML";
}

}  // namespace
}  // namespace tercet::cli
