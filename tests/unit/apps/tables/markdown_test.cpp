#include "apps/tables/markdown.hpp"

#include <doctest/doctest.h>

namespace markdown_test {

using namespace hedgerow::tables;

TEST_CASE("text is never markup") {
  CHECK(markdown_text("plain text, 5.2 %: a-b") == "plain text, 5.2 %: a-b");
  CHECK(markdown_text("a|b<c>`d`*e*_f_") == "a&#124;b&#60;c&#62;&#96;d&#96;&#42;e&#42;&#95;f&#95;");
  CHECK(markdown_text("[x](y) & !z \\") == "&#91;x&#93;&#40;y&#41; &#38; &#33;z &#92;");
  CHECK(markdown_text("@team #12") == "@&#8203;team #&#8203;12");
  CHECK(markdown_text("https://x www.y WWW.z") == "https:&#8203;//x www&#8203;.y WWW&#8203;.z");
  CHECK(markdown_text("a\nb\x1b") == "a&#92;x0Ab&#92;x1B");
}

TEST_CASE("long text is cut between characters") {
  std::string long_text;
  for (int i = 0; i < 121; ++i) long_text += "é";
  CHECK(markdown_text(long_text) == long_text.substr(0, 240) + "…");
  CHECK(markdown_text(long_text.substr(0, 240)) == long_text.substr(0, 240));
}

}  // namespace markdown_test
